"""What is said when something of a case is refused; `app.domain.wording` has it among the rest."""

from __future__ import annotations

COORDINATION: dict[str, str] = {
    "request_step": "Steget {step} går inte när läget är {status}. Välj ett steg som kan följa.",
    "request_party": "Ärendet har ingen part {party}. Lägg till parten först.",
    "request_own_party": "Ange en egen part på rätt sida, minst en mottagare, och olika nycklar för parterna.",
    "request_sent": "Det som är skickat eller hanterat ändras inte. Välj att komplettera, eller makulera och börja om.",
    "request_send": "Rollen {role} skickar inte i ärenden. Be en sjuksköterska eller annan legitimerad att göra det.",
    "request_event_ahead": "Det som har hänt kan inte ligga framåt i tiden. Rätta dag och tid.",
    "request_consent_event": "Skriv samtycket under Samtycke, så att grunden följer med.",
    "request_limits": "Ange 1 till {longest} dagar.",
    "request_person": "Ange antingen en kund eller ett namn på den det gäller.",
    "request_field_unknown": "Fältet {field} hör inte till {kind}. Ta bort det.",
    "request_status": "Ärendets läge ({said}) stämmer inte med händelserna, som ger {found}. Rätta det ena.",
    "request_outcome": "Ange hur ärendet slutade när det är avslutat, och bara då.",
    "request_reason": "Skriv varför ärendet är {status}.",
    "request_fields_missing": "Fyll i fälten, eller märk dem som ej aktuella, innan begäran skickas: {fields}.",
    "request_without_basis": (
        "Det går inte utan samtycke eller annan grund: {step}. Skriv grunden under Samtycke först."
    ),
    "request_outside_consent": (
        "Samtycket gäller inte den parten: {step}. Fråga den enskilde, och anteckna vilka det gäller."
    ),
    "request_events_kept": "En händelse i ärendet ändras eller tas aldrig bort. Skriv en ny händelse i stället.",
    "consent_assessment": "Skriv vem som har bedömt att den enskilde inte kan samtycka, och skälen (OSL 25 kap. 13 §).",
    "consent_legal_basis": "Skriv vilken laglig grund det är.",
    "consent_until": "Samtycket slutar före det börjar. Rätta dagarna.",
    "care_contact_name": "Skriv vem den fasta vårdkontakten är. Det ska vara en utpekad person.",
    "party_name": "Skriv vad parten heter.",
    "task_words": "Skriv vad som ska göras.",
    "care_contact_main": "Bara en fast vårdkontakt kan vara huvudansvarig. Välj en av dem.",
}
