"""Rasa without TensorFlow: what is left out, what stays, and how to have it back."""

import subprocess
import sys

import pytest

from assistant.files import ROOT

PREPARED = "from assistant import runtime; runtime.set_environment(); "


def python(code, **variables):
    """Run `code` in a fresh interpreter and return what it prints."""
    environment = {"PATH": "/usr/bin:/bin", **variables}
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


def test_the_serving_of_rasa_is_imported_without_a_file_of_tensorflow():
    code = "import rasa.core.run, sys; print([name for name in sys.modules if name.startswith('tensorflow') "
    code += "and getattr(sys.modules[name], '__file__', None)])"
    assert python(PREPARED + code) == "[]"


def test_rasas_classes_that_derive_from_tensorflows_stay_classes():
    code = "from rasa.utils.tensorflow.callback import RasaTrainingLogger as logger; print(isinstance(logger, type))"
    assert python(PREPARED + code) == "True"


@pytest.mark.parametrize("expression", ["len(tf.anything)", "bool(tf.a.b)", "tf.function(len)", "tf.a(1, b=2)"])
def test_an_inert_name_can_be_asked_and_called(expression):
    python(PREPARED + f"import tensorflow as tf; {expression}")


def test_a_function_that_is_decorated_with_an_inert_name_is_left_as_it_is():
    code = "import tensorflow as tf; decorated = tf.function(len); print(decorated is len)"
    assert python(PREPARED + code) == "True"


def test_tensorflow_itself_is_loaded_where_it_is_asked_for():
    code = PREPARED + "import tensorflow as tf; print(int(tf.constant(2) + 1))"
    assert python(code, ASSISTANT_WITH_TENSORFLOW="1") == "3"
