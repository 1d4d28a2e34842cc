"""The words for times: `domain.stated` and `domain.deadline` are the doors to this room."""
