"""The faults and bad input that were promised to be tested, word by word, each with the tests that prove it.

Whoever adds a promise adds a line here; a line without a test, or with one that is gone, fails.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FAULTCASES, STORAGE, UI, EXCHANGE, DOMAIN = (
    "tests/faultcases", "tests/storage", "tests/ui", "tests/exchange", "tests/domain"
)  # fmt: skip

CASES: dict[str, tuple[str, ...]] = {
    "Kill mid-save": (f"{STORAGE}/test_crash.py::test_a_killed_process_loses_nothing_it_had_said_was_saved",),
    "mid-migration": (f"{FAULTCASES}/test_kills.py::test_a_kill_in_the_middle_of_a_migration_leaves_the_old_schema",),
    "between re-key and key-file swap": (
        f"{STORAGE}/test_rekey.py::test_a_kill_at_any_moment_leaves_a_database_that_opens",
        f"{STORAGE}/test_rekey.py::test_the_recovery_key_opens_a_change_that_was_cut_off",
    ),
    "while typing": (
        f"{FAULTCASES}/test_processes.py::test_kill_while_typing_leaves_a_draft_at_most_two_seconds_old",
        f"{UI}/test_drafts.py::test_every_field_of_several_lines_anywhere_keeps_what_is_typed",
        f"{UI}/test_drafts.py::test_after_a_crash_the_day_tells_where_there_is_unsaved_text",
    ),
    "exception in a slot": (
        f"{FAULTCASES}/test_window.py::test_an_exception_in_a_slot_or_on_any_thread_is_told_logged_without_content_and_costs_nothing",
        f"{FAULTCASES}/test_window.py::test_an_answer_that_breaks_its_slot_does_not_stop_the_next",
    ),
    "10 MB paste": (f"{UI}/test_meeting_page.py::test_a_huge_paste_does_not_hang",),
    "log-out with unsaved text": (
        f"{FAULTCASES}/test_window.py::test_logging_out_with_unsaved_text_loses_none_of_it",
        f"{FAULTCASES}/test_window.py::test_closing_the_window_with_unsaved_text_loses_none_of_it",
    ),
    "disk full at each write": (
        f"{STORAGE}/test_crash.py::test_a_full_disk_is_told_and_what_was_there_stands",
        f"{STORAGE}/test_rekey.py::test_a_full_disk_keeps_the_account_out_and_the_key_is_changed_later",
        f"{FAULTCASES}/test_window.py::test_a_full_disk_leaves_the_text_on_the_screen_and_saving_works_again",
        f"{FAULTCASES}/test_window.py::test_a_full_disk_under_a_form_keeps_the_form",
        f"{FAULTCASES}/test_window.py::test_a_refusal_of_the_disk_is_told_at_every_gesture_that_writes",
    ),
    "read-only folder": (
        f"{FAULTCASES}/test_window.py::test_a_read_only_folder_is_told_and_what_is_typed_stays",
        f"{FAULTCASES}/test_window.py::test_an_export_that_cannot_be_written_says_so",
    ),
    "database on a network share, OneDrive or roaming path (refused with the reason)": (
        f"{DOMAIN}/test_location.py::test_a_share_is_refused_however_deep_the_file_lies_in_it",
        f"{FAULTCASES}/test_window.py::test_a_database_on_a_network_share_onedrive_or_roaming_path_is_refused_in_the_window",
        f"{FAULTCASES}/test_window.py::test_the_wizard_refuses_a_share_kindly_before_anything_is_asked",
        f"{FAULTCASES}/test_window.py::test_no_command_uses_a_database_on_a_share",
    ),
    "USB removed (no new empty database)": (
        f"{FAULTCASES}/test_processes.py::test_a_usb_stick_that_was_removed_leaves_no_new_empty_database",
        f"{FAULTCASES}/test_processes.py::test_a_stick_pulled_out_under_unsaved_text_keeps_the_text_on_the_screen",
    ),
    "second instance on the same file (the window: the first is named, nothing written; the command line waits 5 s and "
    "then says who holds it)": (
        f"{UI}/test_shell.py::test_a_second_window_names_the_first",
        f"{STORAGE}/test_lock.py::test_a_second_program_is_told_who_has_the_file_and_writes_nothing",
        f"{FAULTCASES}/test_processes.py::test_a_second_command_waits_five_seconds_and_says_who_holds_the_file",
        f"{FAULTCASES}/test_processes.py::test_a_command_that_waited_long_enough_is_let_in",
    ),
    "stale lock of a dead process": (f"{STORAGE}/test_lock.py::test_a_killed_process_leaves_nothing_in_the_way",),
    "journal deleted": (
        f"{FAULTCASES}/test_processes.py::test_a_journal_deleted_after_a_kill_is_noticed_before_anybody_is_let_in",
        f"{FAULTCASES}/test_processes.py::test_what_a_killed_program_left_half_done_is_taken_back",
    ),
    "database missing (never created silently)": (
        f"{STORAGE}/test_faults.py::test_a_missing_database_is_never_made_by_opening",
        f"{UI}/test_shell.py::test_a_missing_database_opens_the_wizard_and_creates_nothing",
        f"{FAULTCASES}/test_processes.py::test_no_command_makes_a_database_that_is_missing",
    ),
    "plain SQLite renamed": (f"{STORAGE}/test_faults.py::test_an_unusable_file_is_refused_and_left_alone",),
    "newer schema": (f"{STORAGE}/test_faults.py::test_an_unusable_file_is_refused_and_left_alone",),
    "key file missing": (
        f"{FAULTCASES}/test_processes.py::test_the_key_file_missing_is_told_and_nothing_is_made_in_its_place",
        f"{STORAGE}/test_access.py::test_one_damaged_copy_of_the_key_file_does_not_lock_anybody_out",
    ),
    "absurd KDF parameters": (f"{STORAGE}/test_access.py::test_an_absurd_cost_in_the_key_file_is_refused_at_once",),
    "1,000 wrong passwords": (
        f"{STORAGE}/test_access.py::test_a_thousand_wrong_passwords_take_most_of_a_day_and_keep_nobody_else_out",
    ),
    "password with quote, å, emoji, 64+ characters": (
        f"{FAULTCASES}/test_processes.py::test_a_password_with_quote_umlaut_emoji_and_great_length_opens_what_it_made",
    ),
    "path traversal, reserved and double-extension names in attachments": (
        f"{FAULTCASES}/test_text.py::test_path_traversal_reserved_and_double_extension_names_lead_nowhere",
        f"{FAULTCASES}/test_text.py::test_a_file_of_another_kind_is_refused_by_its_last_ending",
    ),
    "zip bomb": (f"{EXCHANGE}/test_sheets.py::test_no_workbook_no_zip_bomb_no_null",),
    "row 999 of 1,000 invalid": (f"{FAULTCASES}/test_text.py::test_row_999_of_1000_invalid_takes_in_none",),
    "UTF-16, Latin-1, BOM, NUL": (
        f"{FAULTCASES}/test_text.py::test_utf_16_latin_1_bom_and_nul_in_a_sheet",
        f"{FAULTCASES}/test_text.py::test_nul_in_an_exchange_file_is_refused_by_its_place",
        f"{FAULTCASES}/test_text.py::test_every_line_drops_nul_however_it_got_there",
        f"{FAULTCASES}/test_text.py::test_the_tables_are_the_last_line",
    ),
    "same import twice": (
        f"{FAULTCASES}/test_text.py::test_the_same_import_twice_adds_nobody",
        f"{EXCHANGE}/test_json_file.py::test_the_demo_goes_out_and_comes_back_the_same",
    ),
    "HTML in labels, tooltips, message boxes (`Qt.PlainText`)": (
        f"{FAULTCASES}/test_text.py::test_html_in_labels_tooltips_and_message_boxes_is_only_text",
        f"{FAULTCASES}/test_text.py::test_what_is_shown_as_a_notice_or_fault_is_only_text",
    ),
    "unclosed tags and `<a href>`/`<img>` in PDF text (escape before reportlab)": (
        "tests/reports/test_hostile_text.py::test_marked_up_text_stays_text",
    ),
    "formula starts `= + - @` tab CR in CSV and XLSX": (
        f"{EXCHANGE}/test_sheets.py::test_what_looks_like_a_formula_is_only_text",
    ),
    "FTS and LIKE syntax in the search box": (
        f"{FAULTCASES}/test_text.py::test_like_and_fts_syntax_in_the_search_box_is_only_text",
        f"{FAULTCASES}/test_text.py::test_hostile_words_in_the_search_fields_leave_the_page_standing",
        "tests/services/test_search_index.py::test_words_beginnings_and_phrases",
        "tests/domain/test_search.py::test_syntax_is_text",
    ),
    "emoji and Arabic in PDF (glyph or visible replacement, never dropped)": (
        "tests/reports/test_hostile_text.py::test_what_the_font_lacks_is_seen_to_be_missing",
        "tests/reports/test_hostile_text.py::test_every_sign_is_drawn_or_its_number_is",
    ),
    "02:30 on the days the clock changes": (
        f"{FAULTCASES}/test_time.py::test_half_past_two_on_the_days_the_clock_changes_is_kept_as_it_was_written",
        f"{FAULTCASES}/test_time.py::test_an_instant_of_such_a_night_is_shown_as_the_wall_clock_had_it",
    ),
    "a biweekly 09:00 over DST (stays 09:00)": (
        f"{FAULTCASES}/test_time.py::test_a_biweekly_nine_o_clock_stays_nine_over_the_change_of_the_clock",
    ),
    "day 31, 29 February, week 53": (
        f"{FAULTCASES}/test_time.py::test_day_31_29_february_and_week_53_as_they_are_typed",
        f"{FAULTCASES}/test_time.py::test_a_monthly_forum_from_any_day_31_or_29_february_comes_in_the_month_meant",
    ),
    "the clock moved back": (
        f"{FAULTCASES}/test_time.py::test_the_log_is_in_the_order_things_were_done_though_the_clock_was_moved_back",
        f"{FAULTCASES}/test_time.py::test_a_draft_of_an_earlier_clock_takes_the_place_of_a_later_one",
        f"{FAULTCASES}/test_time.py::test_wrong_passwords_wait_no_longer_though_the_clock_is_moved",
        f"{FAULTCASES}/test_time.py::test_the_idle_watch_neither_locks_nor_forgets_when_the_clock_is_moved_back",
        f"{STORAGE}/test_access.py::test_the_clock_may_be_moved_back_between_two_log_ins",
    ),
    "delete while another edits": (
        f"{FAULTCASES}/test_window.py::test_a_meeting_deleted_while_another_writes_in_it",
        f"{FAULTCASES}/test_window.py::test_a_customer_ended_while_her_form_is_open",
        f"{FAULTCASES}/test_window.py::test_a_member_removed_while_her_form_is_open",
        f"{UI}/test_drafts.py::test_text_whose_meeting_is_gone_can_still_be_read",
    ),
    "mid-backup": (f"{STORAGE}/test_backup.py::test_a_killed_rounds_half_copy_is_swept_away",),
    "hostile triggers or views in a backup": (
        f"{STORAGE}/test_restore.py::test_a_database_with_something_that_acts_by_itself_is_not_opened",
        f"{STORAGE}/test_restore.py::test_what_is_no_whole_backup_is_refused_with_the_reason",
        f"{STORAGE}/test_search_index.py::test_no_other_index_than_our_own_is_let_in",
    ),
    "consent withdrawn mid-request (sending blocked)": (
        f"{UI}/test_coordination.py::test_withdrawn_consent_stops_what_is_under_way_and_says_who_knows",
        f"{DOMAIN}/test_coordination.py::test_each_other_basis_lets_it_go_and_withdrawal_stops_it",
    ),
    "role removed mid-session (next action denied)": (
        "tests/services/test_rights_everywhere.py::test_an_account_that_changed_meanwhile_does_nothing_more",
    ),
    "CR LF `;` in ICS titles": ("tests/services/test_calls.py::test_hostile_text_stays_text_in_the_calendar",),
    "next user sees no draft, clipboard or recent list of the one before": (
        f"{UI}/test_lock.py::test_the_next_user_finds_nothing_of_the_one_before",
        f"{UI}/test_meeting_page.py::test_after_a_crash_the_text_is_offered_back_to_her_alone",
    ),
}


@cache
def functions(file: str) -> frozenset[str]:
    """The test functions of a file, by name, inside classes too."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("case", CASES)
def test_the_case_has_tests_that_are_there(case: str) -> None:
    assert CASES[case]
    for test in CASES[case]:
        file, _, name = test.partition("::")
        assert name.startswith("test_")
        assert (ROOT / file).is_file(), test
        assert name in functions(file), test


def test_each_case_stands_once() -> None:
    assert len(CASES) == len(set(CASES)) == 42
