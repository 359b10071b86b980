"""What is said when something after a meeting, or a command in a note, is refused; `wording` has the rest."""

from __future__ import annotations

MEETING_SENTENCES: dict[str, str] = {
    # after the meeting
    "circulate_state": "Anteckningarna skickas ut för synpunkter innan de justeras. Avsluta mötet först om det pågår.",
    "circulate_day": "Sista dagen för synpunkter har redan varit. Välj en dag framåt.",
    "comment_empty": "Skriv vad du vill säga om anteckningarna.",
    "comment_closed": "Anteckningarna är inte ute för synpunkter. Tala med sekreteraren i stället.",
    "comment_not_called": "Synpunkter lämnas av dem som var kallade till mötet. Tala med sekreteraren om något är fel.",
    "comment_of_another": "Synpunkten är en annans. Be den som skrev den ta bort den, eller skriv ett svar.",
    "comment_settled": "Synpunkten är redan besvarad och står kvar. Skriv en ny om något mer ska sägas.",
    "read_not_called": "Bara de som var kallade till mötet märker anteckningarna som lästa. Gå vidare "
    "utan att märka dem.",
    "not_to_be_read": "Anteckningarna är inte justerade än. Vänta tills de är det, och läs dem då.",
    "question_answered": "Frågan har fått ett svar sedan sidan lästes. Läs in sidan igen.",
    "return_not_booked": "Det finns inget planerat möte att ta upp punkten på. Boka nästa möte först.",
    "return_there": "Punkten är redan på väg tillbaka. Se den under Väg.",
    "return_not_lifted": "Punkten är inte lyft hit från ett annat forum. Lägg till den som en ny punkt på mötet i "
    "stället.",
    # commands in a note
    "line_command": "Inget kommando heter {word}. Skriv /beslut, /åtgärd, /fråga eller /lyft. Raden är kvar.",
    "line_empty": "Skriv vad det gäller efter {command}. Raden är kvar.",
    "line_person": "Flera passar in på @{typed}: {names}. Skriv mer av namnet. Raden är kvar.",
    "line_days": "Raden nämner flera dagar: {days}. Skriv senast före den som gäller. Raden är kvar.",
    "line_date": "Vilken dag som menas går inte att läsa: {text}. Skriv till exempel fre eller 4/3. Raden är kvar.",
    "line_lift": "Skriv vart punkten lyfts: ett forum, till exempel APT, eller @ och en mottagare. Raden är kvar.",
    "today_unreadable": "TEAMFORUM_TODAY är inte ett datum ({text}). Skriv det som 2026-03-02.",
    "unexpected": "Något gick fel i programmet. Inget sparat har gått förlorat. Starta om och försök igen.",
}
