"""The audit log in Swedish: what each action is called, what was touched, and what a check of the log found."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum, auto

from app.domain.disposal import KINDS
from app.domain.log import Break, BreakKind, Gesture, Head, LogRow, LogState, LostEnd
from app.domain.log_reasons import reason_words
from app.domain.swedish import clock, plain_date


class Kind(StrEnum):
    """What kind of thing an action is, to choose by in a list."""

    READ = auto()
    PRINT = auto()
    WRITE = auto()
    ACCESS = auto()
    KEEP = auto()

    @property
    def label(self) -> str:
        """The kind in Swedish."""
        return _KINDS[self]


_KINDS = {
    Kind.READ: "Läsning",
    Kind.PRINT: "Utskrift och export",
    Kind.WRITE: "Ändringar",
    Kind.ACCESS: "Inloggning och konton",
    Kind.KEEP: "Databasen och loggen",
}

ACTIONS: dict[str, tuple[Kind, str]] = {
    # what was seen and taken out
    "read": (Kind.READ, "Läste"),
    "print": (Kind.PRINT, "Tog fram papper"),
    "export": (Kind.PRINT, "Exporterade"),
    "call": (Kind.PRINT, "Tog fram kallelse"),
    "extract_log": (Kind.PRINT, "Tog ut loggutdrag"),
    "reveal_customer": (Kind.READ, "Visade skyddade uppgifter"),
    # meetings and actions
    "book_meeting": (Kind.WRITE, "Bokade möte"),
    "save_meeting": (Kind.WRITE, "Sparade möte"),
    "delete_meeting": (Kind.WRITE, "Tog bort möte"),
    "open_meeting": (Kind.WRITE, "Öppnade möte"),
    "close_meeting": (Kind.WRITE, "Avslutade möte"),
    "reopen_meeting": (Kind.WRITE, "Tog upp möte igen"),
    "approve_meeting": (Kind.WRITE, "Justerade anteckningar"),
    "cancel_meeting": (Kind.WRITE, "Ställde in möte"),
    "reinstate_meeting": (Kind.WRITE, "Återtog inställt möte"),
    "add_addition": (Kind.WRITE, "Skrev tillägg"),
    "announce_meeting": (Kind.WRITE, "Kallade till möte"),
    "take_back_call": (Kind.WRITE, "Återtog att mötet är kallat"),
    "write_preparation": (Kind.WRITE, "Skrev förberedelse"),
    "remove_preparation": (Kind.WRITE, "Tog bort förberedelse"),
    "take_back_preparation": (Kind.WRITE, "Ångrade i förberedelserna"),
    "settle_preparation": (Kind.WRITE, "Klarmarkerade förberedelse"),
    "unsettle_preparation": (Kind.WRITE, "Öppnade förberedelse igen"),
    "publish_agenda": (Kind.WRITE, "Publicerade dagordning"),
    "take_back_agenda": (Kind.WRITE, "Återtog publicerad dagordning"),
    "propose_item": (Kind.WRITE, "Lade till punkt"),
    "take_back_item": (Kind.WRITE, "Återtog punkt"),
    "write_participation": (Kind.WRITE, "Skrev delaktighet"),
    "complete_action": (Kind.WRITE, "Klarmarkerade åtgärd"),
    "reopen_action": (Kind.WRITE, "Öppnade åtgärd igen"),
    "follow_up_action": (Kind.WRITE, "Följde upp åtgärd"),
    "take_back_follow_up": (Kind.WRITE, "Tog tillbaka uppföljning av åtgärd"),
    "begin_request": (Kind.WRITE, "Började samordningsärende"),
    "note_event": (Kind.WRITE, "Antecknade händelse i samordningsärende"),
    "add_party": (Kind.WRITE, "Lade till part i samordningsärende"),
    "keep_party": (Kind.WRITE, "Ändrade adressboken"),
    "keep_task": (Kind.WRITE, "Ändrade uppgift i samordningsärende"),
    "remove_party": (Kind.WRITE, "Tog bort ur adressboken"),
    "set_care_contacts": (Kind.WRITE, "Ändrade fast vårdkontakt"),
    "set_contract": (Kind.WRITE, "Skrev patientkontrakt"),
    "set_discharge": (Kind.WRITE, "Skrev sjukhusets besked"),
    "set_sip": (Kind.WRITE, "Skrev SIP"),
    "fill_request": (Kind.WRITE, "Skrev i samordningsärende"),
    "set_parties": (Kind.WRITE, "Ändrade parter i samordningsärende"),
    "record_consent": (Kind.WRITE, "Antecknade samtycke eller annan grund"),
    "plan_internally": (Kind.WRITE, "Skrev plan inom verksamheten"),
    "set_limits": (Kind.WRITE, "Ändrade gränser för svar"),
    "set_action": (Kind.WRITE, "Ändrade åtgärd"),
    # after the meeting
    "keep_minutes_version": (Kind.WRITE, "Sparade version av anteckningar"),
    "compare_minutes": (Kind.READ, "Jämförde versioner av anteckningar"),
    "circulate_minutes": (Kind.WRITE, "Skickade ut anteckningar för synpunkter"),
    "comment_minutes": (Kind.WRITE, "Skrev synpunkt på anteckningar"),
    "remove_comment": (Kind.WRITE, "Tog bort egen synpunkt"),
    "settle_comment": (Kind.WRITE, "Besvarade synpunkt"),
    "reopen_comment": (Kind.WRITE, "Tog tillbaka svar på synpunkt"),
    "mark_read": (Kind.WRITE, "Märkte anteckningar som lästa"),
    "unmark_read": (Kind.WRITE, "Tog tillbaka att anteckningar är lästa"),
    "lift_item": (Kind.WRITE, "Lyfte punkt till annat forum"),
    "take_back_lift": (Kind.WRITE, "Tog tillbaka lyft punkt"),
    "return_item": (Kind.WRITE, "Tog upp lyft punkt igen"),
    "leave_out": (Kind.WRITE, "Lät punkt stanna vid mötet"),
    "take_along": (Kind.WRITE, "Lät punkt gå vidare igen"),
    "answer_question": (Kind.WRITE, "Svarade på fråga"),
    "take_back_answer": (Kind.WRITE, "Tog tillbaka svar på fråga"),
    # planning
    "keep_planning": (Kind.WRITE, "Ändrade i planeringen"),
    "remove_planning": (Kind.WRITE, "Tog bort ur planeringen"),
    "tell_regret": (Kind.WRITE, "Anmälde förhinder till möte"),
    "take_back_regret": (Kind.WRITE, "Återtog förhinder till möte"),
    "keep_covers": (Kind.WRITE, "Ändrade vem som täcker under möte"),
    "keep_activity": (Kind.WRITE, "Ändrade i aktiviteterna"),
    "remove_activity": (Kind.WRITE, "Tog bort aktivitet"),
    # appendices
    "add_attachment": (Kind.WRITE, "Bifogade fil"),
    "retitle_attachment": (Kind.WRITE, "Döpte om bilaga"),
    "remove_attachment": (Kind.WRITE, "Tog bort bilaga"),
    "show_attachment": (Kind.READ, "Visade bilaga"),
    "open_attachment": (Kind.PRINT, "Öppnade bilaga i ett annat program"),
    "save_attachment": (Kind.PRINT, "Sparade bilaga utanför Teamforum"),
    # letters
    "keep_letter": (Kind.WRITE, "Ändrade informationsbrev"),
    "send_letter": (Kind.WRITE, "Märkte informationsbrev som skickat"),
    "remove_letter": (Kind.WRITE, "Tog bort informationsbrev"),
    # checklists
    "start_checklist": (Kind.WRITE, "Började på checklista"),
    "tick_step": (Kind.WRITE, "Bockade av steg i checklista"),
    "untick_step": (Kind.WRITE, "Tog tillbaka bock i checklista"),
    "skip_step": (Kind.WRITE, "Märkte steg som ej aktuellt i checklista"),
    "write_checklist": (Kind.WRITE, "Skrev i checklista"),
    "answer_checklist": (Kind.WRITE, "Svarade i beslutsstöd"),
    "finish_checklist": (Kind.WRITE, "Avslutade checklista"),
    "abandon_checklist": (Kind.WRITE, "Avbröt checklista"),
    "reopen_checklist": (Kind.WRITE, "Öppnade checklista igen"),
    "take_back_checklist": (Kind.WRITE, "Ångrade i checklista"),
    "remove_checklist": (Kind.WRITE, "Tog bort checklista"),
    # registers
    "add_customer": (Kind.WRITE, "Lade till kund"),
    "save_customer": (Kind.WRITE, "Ändrade kund"),
    "end_customer": (Kind.WRITE, "Avslutade kund"),
    "merge_customers": (Kind.WRITE, "Slog ihop kunder"),
    "add_member": (Kind.WRITE, "Lade till medarbetare"),
    "save_member": (Kind.WRITE, "Ändrade medarbetare"),
    "delete_member": (Kind.WRITE, "Tog bort medarbetare"),
    "hand_over": (Kind.WRITE, "Lämnade över uppdrag"),
    "merge_members": (Kind.WRITE, "Slog ihop medarbetare"),
    "add_unit": (Kind.WRITE, "Lade till enhet"),
    "save_unit": (Kind.WRITE, "Ändrade enhet"),
    "keep_instrument": (Kind.WRITE, "Ändrade bedömningsinstrument"),
    "import": (Kind.WRITE, "Läste in fil"),
    "copy_to_journal": (Kind.PRINT, "Kopierade till journalen och märkte som journalfört"),
    "mark_journaled": (Kind.WRITE, "Märkte som journalfört"),
    "unmark_journaled": (Kind.WRITE, "Tog bort märkning som journalfört"),
    "keep_text_modules": (Kind.WRITE, "Ändrade textmoduler"),
    "set_live_minutes": (Kind.WRITE, "Ändrade när fönstret låses under möten"),
    # who comes in
    "log_in": (Kind.ACCESS, "Loggade in"),
    "failed_log_in": (Kind.ACCESS, "Misslyckade inloggningar"),
    "change_password": (Kind.ACCESS, "Bytte lösenord"),
    "use_recovery_key": (Kind.ACCESS, "Använde återställningsnyckeln"),
    "issue_recovery_key": (Kind.ACCESS, "Skapade ny återställningsnyckel"),
    "confirm_recovery_key": (Kind.ACCESS, "Bekräftade återställningsnyckeln"),
    "add_account": (Kind.ACCESS, "Lade till konto"),
    "save_account": (Kind.ACCESS, "Ändrade konto"),
    "reset_password": (Kind.ACCESS, "Gav nytt lösenord att lämna över"),
    "end_account": (Kind.ACCESS, "Avslutade konto"),
    "finish_end_account": (Kind.ACCESS, "Avslutade konto färdigt"),
    "change_database_key": (Kind.ACCESS, "Bytte databasens nyckel"),
    "key_change_waits": (Kind.ACCESS, "Databasens nyckel väntar på byte"),
    "mend_key_copy": (Kind.ACCESS, "Lagade nyckelfilens kopia"),
    "key_copy_waits": (Kind.ACCESS, "Nyckelfilens kopia gick inte att laga"),
    "emergency": (Kind.ACCESS, "Nödöppnade enhet"),
    "end_emergency": (Kind.ACCESS, "Avslutade nödöppning"),
    "see_emergency": (Kind.ACCESS, "Tog del av nödöppning"),
    # the database and the log itself
    "create_database": (Kind.KEEP, "Skapade databasen"),
    "move": (Kind.KEEP, "Flyttade databasen"),
    "rebuild_search": (Kind.KEEP, "Gjorde om sökregistret"),
    "back_up": (Kind.KEEP, "Säkerhetskopierade"),
    "set_backup_place": (Kind.KEEP, "Valde andra plats för säkerhetskopior"),
    "restore": (Kind.KEEP, "Återställde från säkerhetskopia"),
    "rescue": (Kind.KEEP, "Räddade det som gick att läsa"),
    # disposal
    "set_disposal_period": (Kind.KEEP, "Ändrade hur länge handlingar sparas"),
    "place_hold": (Kind.KEEP, "Höll kvar från gallring"),
    "lift_hold": (Kind.KEEP, "Hävde stopp för gallring"),
    "propose_disposal": (Kind.KEEP, "Föreslog gallring"),
    "withdraw_disposal": (Kind.KEEP, "Återtog gallringsförslag"),
    "approve_disposal": (Kind.KEEP, "Godkände gallring"),
    "dispose": (Kind.KEEP, "Gallrade"),
    "overwrite_disposed": (Kind.KEEP, "Skrev över det gallrade"),
    "overwrite_disposed_waits": (Kind.KEEP, "Det gallrade är inte överskrivet än"),
    "set_disposal_backup_days": (Kind.KEEP, "Ändrade hur länge kopior från före gallringen sparas"),
    "expire_backups": (Kind.KEEP, "Tog bort kopior från före gallringen"),
    "expire_backups_waits": (Kind.KEEP, "Kopior från före gallringen är kvar"),
    "log_anchor_missing": (Kind.KEEP, "Loggen saknar rader som fanns"),
    "see_lost_log": (Kind.KEEP, "Tog del av att loggen saknar rader"),
    "log_anchor_not_kept": (Kind.KEEP, "Loggens slut kunde inte antecknas"),
    "draw_log_review": (Kind.KEEP, "Tog fram stickprov ur loggen"),
    "remark_log_review": (Kind.KEEP, "Skrev anmärkning i stickprov"),
    "sign_log_review": (Kind.KEEP, "Signerade stickprov ur loggen"),
}
"""Every action that a service records. A test holds the services to it."""

OBJECTS = {
    "meeting": "möte",
    "meetings": "flera möten",
    "customer": "kund",
    "member": "medarbetare",
    "unit": "enhet",
    "user": "användare",
    "others": "andra användarnamn",
    "row": "rad",
    "action": "åtgärd",
    "actions": "åtgärdslistan",
    "today": "sidan Idag",
    "document": "",
    "database": "",
    "search": "sökningen",
    "disposal": "gallringsförslag",
    "holds": "listan över stopp",
    "kind": "handlingstyp",
    "backup": "säkerhetskopia",
    "log": "loggen",
    "log_review": "stickprov",
    "planning": "",
    "turn": "turordningen",
    "activity": "aktivitet",
    "activities": "aktiviteterna",
    "handover": "sedan förra passet",
    "journal": "listan Att journalföra",
    "checklist": "checklistan",
    "attachment": "bilaga",
    "letter": "informationsbrev",
    "party": "part i adressboken",
    "request": "samordningsärende",
    "requests": "listan över samordningsärenden",
}
"""Every kind of object that a service records. A test holds the services to it."""
IN_PASSING = frozenset({
    "today", "actions", "meetings", "search", "log", "log_review", "disposal", "holds", "turn", "handover", "journal",
    "activities", "requests",
})  # fmt: skip
"""Pages and lists that show customers who are not opened."""
_BREAKS = {
    BreakKind.EDITED: "Rad {0} är ändrad eller skriven av något annat än programmet.",
    BreakKind.DELETED: "Rad {0} saknas.",
    BreakKind.INSERTED: "Rad {0} är inskjuten; programmet har inte skrivit den.",
    BreakKind.MOVED: "Rad {0} är flyttad hit. Den skrevs som rad {1}.",
    BreakKind.UNPROVEN: "Rad {0} går inte att pröva, eftersom raden före saknas eller är ändrad.",
    BreakKind.CUT_OFF: "Rad {0} är avklippt. Den fanns när den här datorn senast hade databasen öppen.",
    BreakKind.REPLACED: "Rad {0} är en annan än när den här datorn senast hade databasen öppen.",
}
_MOST_NAMED = 10
ADVICE = "Rör inte databasen mer än du måste, säg till den som ansvarar för säkerheten och spara säkerhetskopiorna."


def action_words(action: str) -> str:
    """What somebody did, as a verb; an action that this version does not know is shown as it is written."""
    found = ACTIONS.get(action)
    return found[1] if found else action


def actions_of(kind: Kind) -> frozenset[str]:
    """The actions of one kind."""
    return frozenset(name for name, (one, _) in ACTIONS.items() if one is kind)


def object_words(row: LogRow) -> str:
    """What was touched: `möte Teammöte Norr 3 mars 2026`, `sidan Idag`; nothing where the customer says it already."""
    kind, _, key = (row.object or "").partition(":")
    if not kind or (kind == "customer" and row.customer):
        return ""
    named = next((one.name for one in KINDS if one.key == key), key) if kind == "kind" else row.object_name or key
    word = OBJECTS.get(kind, kind)
    said_already = bool(named) and action_words(row.action).endswith(f" {word}")
    return " ".join(part for part in ("" if said_already else word, named) if part)


def gesture_words(gesture: Gesture) -> str:
    """What was done in one gesture: `Läste, sidan Idag · 24 kunder`."""
    row = gesture[0]
    said = ", ".join(part for part in (action_words(row.action), object_words(row), reason_words(row)) if part)
    count = len({one.customer for one in gesture if one.customer})
    return f"{said} · {count} kunder" if count > 1 else said


def is_list(gesture: Gesture) -> bool:
    """Whether the customers were shown in passing, on a page with many, and not opened or taken out one by one."""
    row = gesture[0]
    kind = (row.object or "").partition(":")[0]
    return row.action == "read" and (kind in IN_PASSING or (kind == "customer" and len(gesture) > 1))


def break_words(one: Break) -> str:
    """What is wrong at one place of the log."""
    return _BREAKS[one.kind].format(one.sequence, one.was)


def state_words(state: LogState) -> str:
    """What a check of the log found, in one line."""
    if state.whole:
        return f"Loggen stämmer. Alla {state.rows} rader är hela och i rätt ordning."
    places = sorted({one.sequence for one in state.breaks})
    named = ", ".join(str(number) for number in places[:_MOST_NAMED])
    more = f" och {len(places) - _MOST_NAMED} till" if len(places) > _MOST_NAMED else ""
    where = f"rad {named}{more}" if len(places) == 1 else f"raderna {named}{more}"
    return f"Loggen stämmer inte: {where}. {ADVICE}"


def lost_words(lost: Head) -> str:
    """What a person is told once when the log lacks rows that this machine knows it had."""
    return (
        f"Loggen är kortare än när den här datorn senast hade databasen öppen: {lost.words} saknas. "
        "Har någon lagt tillbaka en äldre kopia? Säg till enhetschefen. Det är antecknat i loggen."
    )


def lost_end_words(one: LostEnd) -> str:
    """What the enhetschef is told until she has seen it: that rows are gone, and when and where it was noticed."""
    return (
        f"Loggen saknar rader. Det märktes {plain_date(one.at.date())} {clock(one.at.time())} på {one.workstation}, "
        f"när {one.user} loggade in: rad {one.lost} fanns förut."
    )


def lost_end_advice() -> str:
    """What she does then."""
    return (
        "Har någon lagt tillbaka en äldre kopia? Om du inte vet, rör så lite som möjligt, säg till den som svarar för "
        "säkerheten och behåll säkerhetskopiorna."
    )


def period_words(first: dt.date | None, last: dt.date | None) -> str:
    """The days of an extract: `1 mars 2026 – 31 mars 2026`, `till och med …`, or that it is the whole log."""
    begin = plain_date(first) if first else ""
    end = plain_date(last) if last else ""
    if begin and end:
        return begin if begin == end else f"{begin} – {end}"
    if begin:
        return f"från och med {begin}"
    return f"till och med {end}" if end else "hela loggen"


def at_words(row: LogRow) -> str:
    """`2 mars 2026 09.05`."""
    return f"{plain_date(row.at.date())} {clock(row.at.time())}"
