"""The Swedish sentences for what goes wrong with appendices and letters; `wording` has them among all others."""

from __future__ import annotations

BESIDE_MEETINGS: dict[str, str] = {
    # appendices
    "attachment_empty": "Filen är tom. Välj en annan.",
    "attachment_too_large": "Filen är {size}, och en bilaga får vara högst {most}. Ingenting är bifogat. "
    "Gör den mindre, eller dela upp den.",
    "attachment_too_many": "Mötet har redan {most} filer. Ta bort någon först.",
    "attachment_meeting_full": "Mötets filer får tillsammans vara högst {most}. Ingenting är bifogat. "
    "Ta bort någon fil först.",
    "attachment_program": "Filen är ett program, ett skript eller en genväg {ending} och tas inte emot. "
    "Välj en annan fil.",
    "attachment_macros": "Dokumentet innehåller makron eller inbäddade program och tas inte emot. "
    "Spara det utan makron, eller som PDF.",
    "attachment_active": "Webbsidor och filer som kan köra kod tas inte emot. Spara sidan som PDF och bifoga den.",
    "attachment_archive": "Packade filer tas inte emot. Välj filerna i den en och en, när de är uppackade.",
    "attachment_double_ending": "Filen har två ändelser ({endings}) och kan vara något annat än den ser ut. "
    "Ge den ett annat namn om du är säker på vad den är.",
    "attachment_locked": "Anteckningarna är justerade, så bilagorna är låsta. Lägg till ett daterat tillägg.",
    "attachment_damaged": "Bilagan är skadad i databasen och öppnas inte. Återställ den från en säkerhetskopia.",
    "attachment_unopenable": "Programmet vet inte vad det är för fil och öppnar den inte. Spara den i stället.",
    "attachment_not_shown": "Filen är skadad eller låst med lösenord och går inte att visa här. Öppna eller spara den.",
    "meeting_has_files": "Mötet har bilagor och kan inte tas bort. Ta bort dem först, eller ställ in mötet.",
    "item_has_files": "Punkten har bilagor och kan inte tas bort. Ta bort bilagorna först.",
    # letters
    "letter_locked": "Brevet är skickat och ändras inte. Kopiera det till ett nytt.",
    "letter_week": "Året har ingen vecka {week}. Rätta den.",
    "letter_empty": "Brevet är tomt. Lägg till en notis, en inbjudan eller ett mötes anteckningar först.",
    "letter_part_empty": "En del av brevet saknar rubrik. Skriv en.",
    "letter_names_customer": "Texten under {heading} ser ut att säga vem en kund är, och brevet går till många. "
    "Skriv på ett annat sätt.",
    "letter_times": "Inbjudan {heading} slutar före den börjar. Rätta tiderna.",
    "letter_meeting": "Mötets anteckningar är inte justerade, så de kan inte följa med i brevet. Välj ett annat möte.",
}
