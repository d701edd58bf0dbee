"""`python -m assistant.serving.rasa ...` is `rasa ...`, prepared as the rest of the assistant is."""

from assistant import runtime

if __name__ == "__main__":
    runtime.set_environment()
    runtime.silence_old_packages()
    from rasa.__main__ import main

    main()
