"""Teamforum: the meetings of a Swedish care unit, from need to followed-up decision. Empty but for its floors."""
