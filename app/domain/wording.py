"""The Swedish sentence for each known error, in one place: what happened, what is safe, what to do."""

from __future__ import annotations

from string import Formatter

from app.domain.errors import KnownError

SENTENCES: dict[str, str] = {
    # access
    "wrong_password": "Fel användare eller lösenord. Kontrollera stavningen och försök igen.",
    "throttled": "För många försök. Vänta {wait} sekunder och försök igen.",
    "account_ended": "Kontot är avslutat. Be enhetschefen om ett nytt.",
    "user_unknown": "Användaren {user} finns inte i den här databasen. Kontrollera namnet.",
    "user_missing": "Ange ett användarnamn.",
    "user_missing_cli": "Användare saknas. Ange -u eller sätt TEAMFORUM_USER.",
    "user_taken": "Användarnamnet {user} är upptaget. Välj ett annat.",
    "unit_name_missing": "Ange enhetens namn.",
    "password_missing": "Lösenord saknas. Sätt TEAMFORUM_PASSWORD eller kör kommandot i en terminal.",
    "password_short": "Lösenordet är för kort. Använd minst {shortest} tecken, gärna flera ord.",
    "password_common": "Lösenordet är ett av de vanligaste och lätt att gissa. Välj ett annat.",
    "password_own_name": "Lösenordet får inte vara ditt eget eller enhetens namn. Välj ett annat.",
    "recovery_key_mistyped": "Återställningsnyckeln är felskriven. Jämför med papperet, tecken för tecken.",
    "recovery_key_wrong": "Återställningsnyckeln hör inte till den här databasen. Kontrollera att det är rätt papper.",
    "not_allowed": "Din roll ({role}) ger inte rätt till detta. Be enhetschefen om hjälp.",
    "not_your_unit": "Ditt konto gäller inte den enheten. Be enhetschefen om hjälp.",
    # the database and its files
    "database_missing": "Databasen {file} finns inte. Kontrollera sökvägen, eller skapa en ny med init.",
    "address_unreadable": "Adressen {text} går inte att använda. Ange en fil, eller en server som "
    "postgresql+psycopg://användare@server/databas.",
    "server_refused": "Servern släppte inte in programmet. Kontrollera adressen, och be den som sköter servern "
    "titta på inloggningarna.",
    "server_rights": "Servern ger inte rätt till detta. Be den som sköter servern att göra det med en inloggning som "
    "får skapa roller och tabeller.",
    "server_certificate": "Servern kunde inte visa vem den är. Ingenting är skickat. Be den som sköter servern om rätt "
    "certifikat.",
    "server_read_only": "Servern tar just nu inte emot ändringar. Texten är kvar. Försök igen om en stund.",
    "connection_lost": "Kontakten med servern bröts. Texten är kvar. Försök igen när nätet är tillbaka.",
    "connection_lost_unsure": "Kontakten med servern bröts just när det sparades. Texten är kvar. Se efter om den är "
    "sparad när nätet är tillbaka, innan du sparar igen.",
    "database_not_on_server": "Det finns ingen Teamforum-databas på den adressen. Kontrollera den, eller skapa en med "
    "init eller move.",
    "database_exists_on_server": "Det finns redan en Teamforum-databas på den adressen och den lämnas orörd. "
    "Välj ett annat namn.",
    "key_changed": "Databasen har fått en ny nyckel. Logga in igen.",
    "move_differs": "Kopian blev inte likadan som databasen ({table}) och är borttagen. Databasen är orörd. "
    "Försök igen.",
    "database_exists": "Filen {file} finns redan och lämnas orörd. Välj ett annat namn.",
    "database_empty": "Filen {file} är tom. Återställ den från en säkerhetskopia.",
    "database_plain": "Filen {file} är en okrypterad databas och inte Teamforums. Välj rätt fil.",
    "database_foreign": "Filen {file} är inte en Teamforum-databas. Välj rätt fil.",
    "database_newer": "Databasen {file} är skapad av en nyare version. Uppdatera Teamforum.",
    "database_damaged": "Databasen {file} är skadad eller inte Teamforums. Ingenting är ändrat. "
    "Återställ den från en säkerhetskopia.",
    "database_unsettled": "Databasen {file} stängdes mitt i ett arbete. Inget sparat har gått förlorat. "
    "Logga in en gång, så blir den klar, och kontrollera sedan igen.",
    "database_unreadable": "Filen {file} går inte att läsa. "
    "Kontrollera att enheten är ansluten och att du har rätt till mappen.",
    "database_in_use": "Databasen används redan av {holder}. Stäng det fönstret och försök igen.",
    "database_busy": "Databasen är upptagen. Inget har gått förlorat. Försök igen om en stund.",
    "database_closed": "Databasen är stängd. Logga in igen.",
    "disk_full": "Disken är full, så det gick inte att spara. Texten är kvar. Frigör utrymme och spara igen.",
    "disk_error": "Det gick inte att skriva till disken ({reason}). Texten är kvar. Kontrollera disken och spara igen.",
    "database_read_only": "Det går inte att skriva där databasen ligger. Texten är kvar. "
    "Kontrollera att enheten är ansluten och att du har skrivrätt, och spara igen.",
    "folder_missing": "Mappen {folder} finns inte. Skapa den eller välj en annan.",
    "folder_not_writable": "Det går inte att skriva i mappen ({reason}). Välj en annan mapp eller be om skrivrätt.",
    "file_not_written": "Filen {file} gick inte att skriva ({reason}). Välj en annan plats.",
    "file_too_large": "Filen {file} är för stor. Dela upp den.",
    "file_not_read": "Filen {file} gick inte att läsa ({reason}). Kontrollera namnet.",
    "no_cipher": "Krypteringen saknas i installationen, så databasen öppnas inte. Installera om Teamforum.",
    "key_length": "Databasnyckeln har fel längd. Återställ nyckelfilen från en säkerhetskopia.",
    "key_file_missing": "Nyckelfilen {file} saknas bredvid databasen. Lägg tillbaka den från en säkerhetskopia.",
    "key_file_damaged": "Nyckelfilen är skadad eller ändrad. Lägg tillbaka den från en säkerhetskopia.",
    "key_file_newer": "Nyckelfilen är skapad av en nyare version. Uppdatera Teamforum.",
    "key_file_cost": "Nyckelfilen har orimliga värden och används inte. Lägg tillbaka den från en säkerhetskopia.",
    "migration_failed": "Uppgraderingen av databasen misslyckades och den gamla är kvar. "
    "Återställ från säkerhetskopian om den inte öppnas.",
    "database_hostile": "Filen {file} har något i sig som Teamforum inte har gjort, så den öppnas inte. Ingenting är "
    "ändrat. Använd en annan säkerhetskopia och berätta för den som ansvarar för informationssäkerheten.",
    "backup_failed": "Säkerhetskopian kunde inte göras ({reason}). Kontrollera utrymme och skrivrätt.",
    "backup_missing": "Säkerhetskopian {file} finns inte. Kontrollera att disken är ansluten och att namnet stämmer.",
    "backup_no_file": "{file} är en länk eller en mapp och används inte. Välj säkerhetskopians egen fil.",
    "backup_damaged": "Säkerhetskopian {file} är skadad, eller så hör nyckelfilen till en annan. "
    "Ingenting är ändrat. Välj en annan kopia.",
    "backup_keys_missing": "Nyckelfilen till säkerhetskopian {file} saknas bredvid den. Ingenting är ändrat. "
    "Lägg dit filen som slutar på .keys, eller välj en annan kopia.",
    "backup_keys_damaged": "Nyckelfilen till säkerhetskopian {file} är skadad eller ändrad. Ingenting är ändrat. "
    "Välj en annan kopia.",
    "backup_receipt_missing": "Säkerhetskopian {file} har inget kvitto. Gör en ny kopia.",
    "backup_not_deleted": "Den gamla säkerhetskopian {file} gick inte att ta bort ({reason}). "
    "De nya är gjorda. Kontrollera skrivrätten i mappen.",
    "backup_place_missing": "Den andra platsen för säkerhetskopior går inte att nå ({folder}). Dagens kopia finns på "
    "den vanliga platsen. Anslut disken, eller välj en annan plats.",
    "backup_place_same": "Det är den vanliga platsen för kopior. Välj en mapp på en annan disk.",
    "restore_failed": "Återställningen gick inte att göra ({reason}). Den gamla databasen är kvar. "
    "Kontrollera utrymme och skrivrätt, och försök igen.",
    "rescue_impossible": "Det går inte att läsa något ur databasen ({reason}). Den är kvar som den är. "
    "Återställ från en säkerhetskopia.",
    "rescue_not_manager": "Bara en enhetschef kan rädda databasen. Be enhetschefen logga in här.",
    "restore_needs_file": "En säkerhetskopia återställs till en fil. Återställ den till ett nytt filnamn och flytta "
    "den sedan till servern med teamforum move.",
    "restore_not_manager": "Bara den som var enhetschef när kopian gjordes kan återställa den. "
    "Använd ett sådant konto och den tidens lösenord.",
    "restore_not_manager_now": "Du är inte enhetschef i databasen som finns nu, så du kan inte ersätta den. "
    "Be enhetschefen om hjälp.",
    "restore_account_ended": "Kontot är avslutat sedan kopian gjordes och kan inte återställa den. "
    "Be en enhetschef som har ett konto nu.",
    "restore_other_database": "Säkerhetskopian hör till en annan databas än den som finns här. Ingenting är ändrat. "
    "Flytta undan databasen, eller återställ till ett annat namn.",
    "key_change_waits": "Kontot är avslutat och kommer inte in, men databasen har inte fått sin nya nyckel ({reason}). "
    "Det görs vid nästa inloggning. Kontrollera utrymme och skrivrätt.",
    # saving
    "changed_meanwhile": "Någon annan har ändrat detta sedan du öppnade det. Läs in det igen; din text är kvar.",
    "not_found": "{what} {key} finns inte. Det kan ha tagits bort.",
    # registers
    "reference_unknown": "{what} {key} finns inte. Kontrollera hänvisningen.",
    "ward_name_missing": "Ange avdelningens namn.",
    "ward_doubled": "Två avdelningar har samma namn. Ge dem olika namn.",
    "ward_in_use": "Avdelningen {ward} har {what} och kan inte tas bort. Flytta dem först.",
    "apartment_doubled": "En lägenhet på {ward} är tom eller står två gånger. Rätta listan.",
    "member_name_missing": "Ange medarbetarens namn.",
    "profession_missing": "Ange yrke för {name}.",
    "member_unit_missing": "Välj minst en enhet för {name}.",
    "member_referenced": "Medarbetaren finns i möten eller åtgärder och kan inte tas bort. "
    "Avsluta anställningen i stället.",
    "action_needs_taker": "En öppen åtgärd saknar mottagare. Välj vem som tar över den.",
    "merge_same": "Välj två olika rader att slå ihop.",
    "period_backwards": "Slutdatumet ligger före startdatumet. Rätta datumen.",
    "customer_reference_missing": "Ange en referens för kunden, till exempel initialer.",
    "personnummer_in_reference": "Det ser ut som ett personnummer. Använd initialer eller en egen referens.",
    "status_periods": "Perioderna överlappar eller slutar före start. Rätta datumen.",
    "end_customer_instead": "Använd Avsluta kunden, så att möten och åtgärder också avslutas.",
    "end_own_account": "Du kan inte avsluta ditt eget konto. Be en annan enhetschef.",
    "last_manager": "Det är den sista enhetschefen och kontot behövs. Lägg först till en annan.",
    "key_copy_damaged": "Nyckelfilens kopia {file} är skadad. Databasen är hel; "
    "byt lösenord en gång så skrivs kopian om.",
    "audit_broken": "Loggen är ändrad vid rad {row}. Återställ från en säkerhetskopia och utred vad som hänt.",
    "draft_too_large": "Texten är för stor för ett utkast. Dela upp den.",
    "integrity": "Uppgifterna krockar med något som redan finns. Ingenting är ändrat.",
    "import_refused": "Filen nekades och ingenting är ändrat. Rätta de {count} felen i listan och försök igen.",
    # meetings
    "meeting_state": "Mötet är {status}, så det går inte just nu.",
    "meeting_times": "Mötet slutar före det börjar. Rätta tiderna.",
    "item_without_heading": "En punkt saknar rubrik. Skriv en rubrik.",
    "item_minutes": "Punkten {heading} har minus minuter. Rätta tiden.",
    "action_without_text": "En åtgärd under {heading} saknar text. Skriv vad som ska göras.",
    "meeting_doubled": "En person, kund eller punkt står två gånger på mötet. Ta bort den ena.",
    "minutes_locked": "Anteckningarna är justerade och låsta. Lägg till ett daterat tillägg.",
    "meeting_cancelled": "Mötet är inställt. Återta det först.",
    "meeting_not_empty": "Mötet har anteckningar eller är igång och kan inte tas bort. Ställ in det i stället.",
    "item_carried_on": "Punkten har förts vidare till ett senare möte och kan inte tas bort.",
    "approve_needs_secretary": "Ange vem som var sekreterare innan du justerar.",
    "cancel_needs_reason": "Skriv varför mötet ställs in.",
    "addition_empty": "Skriv tilläggets text.",
    "addition_before_approval": "Anteckningarna är inte justerade än. Skriv direkt i dem.",
    "printer_failed": "Skrivaren {printer} tog inte emot utskriften. Kontrollera den och försök igen.",
    "period_empty": "Det finns inga sådana möten i perioden. Välj andra datum.",
    "today_unreadable": "TEAMFORUM_TODAY är inte ett datum ({text}). Skriv det som 2026-03-02.",
    "unexpected": "Något gick fel i programmet. Inget sparat har gått förlorat. Starta om och försök igen.",
}

_GAPS = {
    "file": "",
    "what": "Posten",
    "key": "",
    "reason": "okänd orsak",
    "holder": "ett annat fönster",
    "wait": "några",
}


def wording(error: KnownError) -> str:
    """The one line to show for `error`; an unknown code is a bug and says so plainly with its code."""
    sentence = SENTENCES.get(error.code)
    if sentence is None:
        return f"Det gick inte ({error.code}). Ingenting är ändrat."
    names = {name for _, name, _, _ in Formatter().parse(sentence) if name}
    values = {name: str(error.params.get(name, _GAPS.get(name, ""))) for name in names}
    return " ".join(sentence.format(**values).split())
