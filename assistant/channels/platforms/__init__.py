"""The messaging platforms: Telegram, Messenger, Slack, WhatsApp and SMS, over one pipeline in and one queue out."""
