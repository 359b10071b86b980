"""The Swedish sentence for each known error, in one place: what happened, what is safe, what to do."""

from __future__ import annotations

import errno
from string import Formatter

from app.domain.coordination.wording import COORDINATION
from app.domain.errors import KnownError
from app.domain.follow_up_wording import FOLLOW_UP
from app.domain.meeting_wording import MEETING_SENTENCES
from app.domain.swedish import number_word
from app.domain.wording_files import BESIDE_MEETINGS

SENTENCES: dict[str, str] = {
    **FOLLOW_UP,
    **COORDINATION,
    # access
    "wrong_password": "Fel användare eller lösenord. Kontrollera stavningen och försök igen.",
    "throttled": "För många försök. Vänta {wait} och försök igen.",
    "account_ended": "Kontot är avslutat. Be enhetschefen om ett nytt.",
    "account_changed": "Din behörighet har ändrats. Logga in igen.",
    "assignment_ended": "Din anställning i teamet är avslutad, och därför ditt konto. Be enhetschefen om det är fel.",
    "user_unknown": "Användaren {user} finns inte i den här databasen. Kontrollera namnet.",
    "user_missing": "Ange ett användarnamn.",
    "user_missing_cli": "Användare saknas. Ange -u eller sätt TEAMFORUM_USER.",
    "user_taken": "Användarnamnet {user} är upptaget. Välj ett annat.",
    "unit_name_missing": "Ange enhetens namn.",
    "password_missing": "Lösenord saknas. Sätt TEAMFORUM_PASSWORD eller kör kommandot i en terminal.",
    "password_short": "Lösenordet är för kort. Använd minst {shortest} tecken, gärna flera ord.",
    "password_common": "Lösenordet är ett av de vanligaste och lätt att gissa. Välj ett annat.",
    "password_simple": "Lösenordet är en följd eller samma ord om igen, och lätt att gissa. Välj flera olika ord.",
    "password_own_name": "Lösenordet får inte vara ditt eget eller enhetens namn. Välj ett annat.",
    "password_unchanged": "Det nya lösenordet är samma som det gamla. Välj ett annat.",
    "password_handed_over": "Lösenordet har du fått av någon annan. "
    "Öppna Teamforums fönster, logga in där och välj ett eget.",
    "recovery_key_mistyped": "Återställningsnyckeln är felskriven. Jämför med papperet, tecken för tecken.",
    "recovery_key_wrong": "Återställningsnyckeln hör inte till den här databasen. Kontrollera att det är rätt papper.",
    "not_allowed": "Din roll ({role}) ger inte rätt till detta. Be enhetschefen om hjälp.",
    "not_your_unit": "Ditt konto gäller inte den enheten. Be enhetschefen om hjälp.",
    "put_in_without_reason": "Skriv vad som har hänt, så att alla vet varför kunden går före.",
    "wheel_too_much": "Det är för mycket i en månad. Skriv högst {most} teman med högst {longest} tecken var.",
    "actions_empty": "Det finns inga åtgärder att skriva ut i listan. Välj en annan vy eller sök på annat.",
    "slips_empty": "Ingen utan konto har något att göra här. Ange en vikarie med namn som ansvarig för en åtgärd, så "
    "kan lappen skrivas ut.",
    "since_unreadable": "Det går inte att läsa som en tid. Skriv till exempel i går 16.00 eller fre 7.",
    "since_ahead": "Den tiden har inte varit än. Skriv en tid som har varit.",
    "since_too_long": "Det går att se högst {days} dagar tillbaka. Äldre beslut finns på mötena.",
    "handover_empty": "Inget möte som du får läsa har bestämt något sedan dess. Välj en tidigare tid.",
    "turns_empty": "Det finns ingen kund i turordningen att skriva ut. Välj en annan enhet eller avdelning.",
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
    "number_too_high": "Någon har skrivit i databasen förbi programmet, så att loggen inte kan föras vidare. Ingenting "
    "är ändrat. Be den som sköter databasen att lägga tillbaka en säkerhetskopia.",
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
    "database_on_network": "Databasen kan inte ligga på en nätverksplats ({folder}): två datorer skulle kunna förstöra "
    "den för varandra. Ingenting är ändrat. Lägg den på datorns egen disk, eller på en server om flera ska dela den.",
    "database_synced": "Databasen kan inte ligga i en mapp som synkroniseras ({folder}): den kan kopieras mitt i en "
    "ändring och bli förstörd. Ingenting är ändrat. Lägg den i en vanlig mapp på datorns egen disk.",
    "database_roaming": "Databasen kan inte ligga i en profil som följer med mellan datorer ({folder}): den kan "
    "skrivas över. Ingenting är ändrat. Lägg den i en vanlig mapp på datorns egen disk.",
    "database_in_use": "Databasen används redan av {holder}. Stäng det fönstret och försök igen.",
    "database_busy": "Databasen är upptagen. Inget har gått förlorat. Försök igen om en stund.",
    "database_closed": "Databasen är stängd. Logga in igen.",
    "broken_off": "Fönstret låstes innan detta var klart, och ingenting är ändrat. Gör om det.",
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
    "keys_changed_already": "Disken slutade ta emot mitt i ändringen. Det nya lösenordet kan gälla redan: "
    "prova det först och det gamla sedan. Kontrollera disken och försök igen.",
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
    "backup_no_file": "Filen {file} är en länk eller en mapp och används inte. Välj säkerhetskopians egen fil.",
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
    "rescue_not_manager": "Bara en enhetschef kan rädda databasen. Be enhetschefen göra det med sitt konto.",
    "rescue_needs_recovery": "Det går inte att läsa i den skadade databasen att du är enhetschef. Ingenting är ändrat. "
    "Skriv också återställningsnyckeln ur det förseglade kuvertet, eller återställ från en säkerhetskopia.",
    "check_not_manager": "Bara en enhetschef kan kontrollera databasen härifrån. Be enhetschefen om hjälp.",
    "whole_database": "Det här gäller hela databasen, och ditt konto gäller bara några enheter. "
    "Be en enhetschef som når alla.",
    "door_handed_over": "Lösenordet har du fått av någon annan, så det räcker inte här. Ingenting är ändrat. "
    "Skriv också återställningsnyckeln ur det förseglade kuvertet.",
    "restore_needs_file": "En säkerhetskopia återställs till en fil. Återställ den till ett nytt filnamn och flytta "
    "den sedan till servern med teamforum move.",
    "restore_not_manager": "Bara den som var enhetschef när kopian gjordes kan återställa den. "
    "Använd ett sådant konto och den tidens lösenord.",
    "restore_not_manager_now": "Du är inte enhetschef i databasen som finns nu, så du kan inte ersätta den. "
    "Be enhetschefen om hjälp.",
    "restore_needs_now": "Databasen som finns här nu har ett annat lösenord för dig. Ingenting är ändrat. "
    "Skriv också lösenordet du har nu, eller återställningsnyckeln ur det förseglade kuvertet.",
    "password_now_wrong": "Lösenordet du har nu stämmer inte. Ingenting är ändrat. "
    "Försök igen, eller skriv återställningsnyckeln ur det förseglade kuvertet.",
    "restore_needs_recovery": "Det går inte att läsa i databasen som finns här att du är enhetschef nu. "
    "Ingenting är ändrat. Prova att logga in en gång. Går det inte, skriv också återställningsnyckeln ur det "
    "förseglade kuvertet.",
    "restore_needs_backup_key": "Återställningsnyckeln hör till nyckelfilen som finns här, men den öppnar inte "
    "databasen. Ingenting är ändrat. Använd återställningsnyckeln från när kopian gjordes.",
    "restore_account_ended": "Kontot är avslutat sedan kopian gjordes och kan inte återställa den. "
    "Be en enhetschef som har ett konto nu.",
    "restore_other_database": "Säkerhetskopian hör till en annan databas än den som finns här. Ingenting är ändrat. "
    "Flytta undan databasen, eller återställ till ett annat namn.",
    "key_change_waits": "Kontot är avslutat och kommer inte in, men databasen har inte fått sin nya nyckel ({reason}). "
    "Det görs vid nästa inloggning. Kontrollera utrymme och skrivrätt.",
    "anchor_not_kept": "Loggens slut kunde inte antecknas på den här datorn ({reason}). Loggen är hel. "
    "Kontrollera utrymme och skrivrätt.",
    # saving
    "changed_meanwhile": "Någon annan har ändrat detta sedan du öppnade det. Läs in det igen; din text är kvar.",
    "not_found": "{what} {key} finns inte. Det kan ha tagits bort. Kontrollera vad som finns kvar.",
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
    "code_tells": "Koden säger vem kunden är. Välj en som inte gör det, eller lämna fältet tomt så görs en.",
    "personnummer_in_name": "Det ser ut som ett personnummer. Välj ett namn utan; det syns i listor och i loggen.",
    "personnummer_typed": "Det ser ut som ett personnummer. Skriv initialer i stället.",
    "status_periods": "Perioderna överlappar eller slutar före start. Rätta datumen.",
    "end_customer_instead": "Använd Avsluta kunden, så att möten och åtgärder också avslutas.",
    "end_own_account": "Du kan inte avsluta ditt eget konto. Be en annan enhetschef.",
    "last_manager": "Det är den sista enhetschefen som når alla enheter, och kontot behövs. Lägg först till en annan.",
    "account_units_missing": "Välj minst en enhet för {user}, eller alla.",
    "account_out_of_reach": "Kontot gäller enheter som ditt eget konto inte når. Be en enhetschef som når dem.",
    "recovery_key_every_unit": "Återställningsnyckeln öppnar alla konton, och ditt konto gäller bara några enheter. "
    "Be en enhetschef med alla enheter.",
    "raised_by_other": "Du kan bara anmäla punkter i ditt eget namn. Be den som leder mötet lägga till punkten.",
    "hand_over_changed": "Det som ska lämnas över har ändrats sedan listan visades. Ingenting är ändrat. "
    "Stäng listan och öppna den igen.",
    "account_not_active": "Kontot {user} är avslutat och ändras inte mer. Lägg till ett nytt.",
    "reset_own_password": "Byt ditt eget lösenord under Inställningar och Säkerhet.",
    "own_word": "Det går inte att lägga i ordlistan. Välj ett ord i taget, utan mellanslag och siffror.",
    "own_words_full": "Din ordlista är full: den rymmer {most} ord. Ta bort några under Inställningar och Skrivande.",
    "text_modules": "Ingenting är ändrat. Skriv högst {most} meningar i varje lista, högst {longest} tecken i varje.",
    "live_minutes": "Välj mellan 1 och {longest} minuter.",
    "plan_period": "Perioden går inte att planera. Välj ett slut efter början, högst {days} dagar bort.",
    "preparation_customer": "Välj vilken kund det gäller.",
    "preparation_text": "Skriv vad som ska vara klart.",
    "preparation_done": "Ange vilken dag det blev klart.",
    "agenda_empty": "Dagordningen har inga punkter än. Lägg till minst en och publicera sedan.",
    "meeting_not_planned": "Mötet har börjat eller är inställt och står kvar på sin tid. Välj ett som är planerat.",
    "plan_stopped": "Sökningen avbröts innan något förslag var klart. Välj en kortare period, eller vänta lite till.",
    "plan_broken_off": "Planeringen avbröts av datorn. Ingenting är ändrat. Försök igen, gärna med färre enheter.",
    "series_over": "Serien är slut {day}. Välj en tidigare dag, eller lägg till en ny serie.",
    "series_several": "Serien har flera möten den dagen. Boka dem först, så går det att flytta ett av dem.",
    "series_booked": "Serien har bokade möten. Skriv en sista dag i stället, så ställs de som ligger efter den in.",
    "activity_names_customer": "Texten nämner en kund, och schemat hängs upp för alla. Välj kunden i stället, så blir "
    "aktiviteten hennes egen.",
    "nothing_to_copy": "Det finns inget nytt att kopiera från den månaden. Välj en annan.",
    "no_activities": "Det finns inga aktiviteter den månaden. Välj en annan, eller lägg till en aktivitet.",
    "nothing_written": "Ingenting är skrivet på mötet än. Skriv under punkterna först.",
    "answer_empty": "Svaret är tomt. Skriv vad svaret är.",
    "template_taken": "Det finns redan en mall som heter {name}. Välj ett annat namn.",
    "template_empty": "Mötet har inga egna punkter att göra en mall av. Lägg till en punkt, eller välj ett annat möte.",
    "template_names_customer": "Mallen nämner en kund. Skriv om namnet, rubriken eller texten.",
    "planning_fault": "Det går inte att spara så. {reason} Rätta det och spara igen.",
    "planning_doubled": "Det finns redan och heter {key}. Välj det i listan och ändra det.",
    "absence_of_another": "Du kan lägga in din egen frånvaro. Be enhetschefen om en kollegas.",
    "room_name_missing": "Skriv vad rummet heter.",
    "regret_not_called": "Förhinder anmäls av den som är kallad, och {name} är inte det. Välj någon annan.",
    "regret_of_another": "Du kan bara anmäla att du själv inte kan komma. Be den som kallar till mötet om en kollega.",
    "regret_substitute": "Ersättaren är redan med på mötet ({name}). Välj någon annan, eller lämna rutan tom.",
    "cover_missing": "Välj vem som täcker, eller ta bort raden.",
    "cover_times": "Tiden slutar före den börjar. Rätta den.",
    "rule_unreadable": "Regeln {rule} går inte att läsa. Skriv den som i RFC 5545, till exempel FREQ=WEEKLY;BYDAY=TU.",
    "key_copy_damaged": "Nyckelfilens kopia {file} är skadad. Databasen är hel; "
    "byt lösenord en gång så skrivs kopian om.",
    "minutes_changed": "Anteckningarna från mötet {meeting} (version {number}) är ändrade vid sidan av programmet. "
    "Återställ från en säkerhetskopia och utred vad som hänt.",
    "audit_broken": "Loggen är ändrad vid rad {row}. Återställ från en säkerhetskopia och utred vad som hänt.",
    "head_unreadable": "Det går inte att läsa. Skriv raden och koden som på papperet: rad 1234, 7F3A-12BC-0D4E-9A01.",
    "review_signed": "Stickprovet är signerat och ändras inte. Ta fram ett nytt.",
    "review_empty": "Det finns inga sådana rader i perioden. Välj andra datum eller en annan enhet.",
    "review_size": "Ange mellan 1 och {most} rader.",
    "review_note_missing": "Skriv vad du såg, innan du signerar.",
    "draft_too_large": "Texten är för stor för ett utkast. Dela upp den.",
    "text_unstorable": "Texten innehåller ett tecken som inte går att spara. Skriv om den, eller klistra in den som "
    "vanlig text.",
    "integrity": "Uppgifterna krockar med något som redan finns. Ingenting är ändrat. "
    "Rätta det som krockar och försök igen.",
    "busy_too_large": "Kalenderfilen är för stor. Exportera ett år i taget ur kalendern och försök igen.",
    "busy_no_calendar": "Filen är ingen kalender. Exportera kalendern som en .ics-fil och välj den.",
    "busy_too_many": "Kalenderfilen har fler händelser än vad som går att läsa. Exportera ett år i taget och försök "
    "igen.",
    "busy_of_another": "Det är en kollegas kalender. Läs in din egen, eller be den som planerar möten.",
    "import_refused": "Filen nekades och ingenting är ändrat. Rätta de {count} felen i listan och försök igen.",
    "emergency_reason": "Skriv med några ord varför du behöver öppna enheten. Enhetschefen läser det.",
    "personnummer_in_reason": "Det ser ut som ett personnummer. Skriv skälet utan det, för skälet står i loggen.",
    # disposal
    "disposal_kind_unknown": "Handlingstypen {kind} finns inte. Välj en i listan.",
    "disposal_months": "Tiden för {kind} går inte. Välj mellan {shortest} och {longest} månader, "
    "eller att det inte gallras.",
    "disposal_nothing": "Det finns inget att gallra i dag. Välj en kortare tid om något borde finnas.",
    "disposal_changed": "Underlaget har ändrats sedan förslaget lades. Ingenting är borttaget. "
    "Återta förslaget, läs igenom listan och föreslå på nytt.",
    "disposal_decided": "Förslaget är redan avgjort ({status}). Läs in sidan igen.",
    "disposal_second_person": "Du har själv lagt förslaget och ingenting är borttaget. "
    "Be en annan enhetschef godkänna det.",
    "disposal_member_missing": "Gallring görs av två medarbetare, och ditt konto hör inte till någon i teamet. "
    "Välj dig själv som medarbetare för kontot under Inställningar och Konton, och logga in igen. "
    "Ingenting är borttaget.",
    "disposal_account_given": "Ditt konto har lagts upp, ändrats eller fått nytt lösenord av någon annan, eller med "
    "återställningsnyckeln, de senaste {days} dagarna. Ingenting är borttaget. "
    "Vänta till {day} {time}, sedan kan du föreslå och godkänna gallring.",
    "disposal_account_changed": "Ditt konto har ändrats sedan förslaget lades, och ingenting är borttaget. "
    "Återta förslaget och lägg det på nytt; den andra enhetschefen kan sedan godkänna det.",
    "disposal_not_yet": "Förslaget gäller {day} och i dag är det {today}. Ingenting är borttaget. Återta förslaget och "
    "lägg det på nytt.",
    "disposal_one_manager": "Gallring görs av två enhetschefer och det finns bara ett sådant konto. "
    "Lägg upp ett konto till under Konton; ingenting är borttaget.",
    "disposal_every_unit": "Gallringen gäller hela databasen, och ditt konto gäller bara några enheter. "
    "Be en enhetschef med alla enheter.",
    "disposal_backup_days": "Välj mellan 0 och {most} dagar.",
    "hold_reason_missing": "Skriv varför det ska hållas kvar.",
    "hold_stands": "Det hålls redan kvar. Ta bort det stoppet först om skälet har ändrats.",
    "hold_lifted": "Stoppet är redan hävt. Läs in sidan igen.",
    "not_overwritten": "Filen kunde inte skrivas om ({reason}). Det borttagna är överskrivet där det låg. "
    "Kontrollera utrymme och skrivrätt.",
    "server_not_overwritten": "Servern använder utrymmet igen efter hand. Be den som sköter servern köra VACUUM FULL "
    "och ta bort serverns egna kopior från tiden före.",
    "backup_not_removed": "En gammal säkerhetskopia gick inte att ta bort ({reason}). "
    "Försök igen eller ta bort den själv.",
    # meetings
    "meeting_state": "Mötet är {status}, så det går inte just nu. Läs in det igen och se vad som går att göra.",
    "meeting_times": "Mötet slutar före det börjar. Rätta tiderna.",
    "item_without_heading": "En punkt saknar rubrik. Skriv en rubrik.",
    "item_minutes": "Punkten {heading} har minus minuter. Rätta tiden.",
    "action_repeat": "Så ofta kan en åtgärd inte upprepas. Välj bland det som listan erbjuder.",
    "follow_up_past": "Nästa uppföljning måste ligga framåt i tiden. Ange en dag efter i dag.",
    "action_without_text": "En åtgärd under {heading} saknar text. Skriv vad som ska göras.",
    "meeting_doubled": "En person, kund eller punkt står två gånger på mötet. Ta bort den ena.",
    "minutes_locked": "Anteckningarna är justerade och låsta. Lägg till ett daterat tillägg.",
    "meeting_cancelled": "Mötet är inställt. Återta det först.",
    "meeting_not_empty": "Mötet har anteckningar eller är igång och kan inte tas bort. Ställ in det i stället.",
    "item_carried_on": "Punkten har förts vidare till ett senare möte och kan inte tas bort. Ta bort den där först.",
    "approve_needs_secretary": "Ange vem som var sekreterare innan du justerar.",
    "cancel_needs_reason": "Skriv varför mötet ställs in.",
    "addition_empty": "Skriv tilläggets text.",
    "addition_before_approval": "Anteckningarna är inte justerade än. Skriv direkt i dem.",
    **BESIDE_MEETINGS,
    # checklists
    "checklist_days": "Sista dagen ligger före den första ({day}). Rätta den.",
    "checklist_first_day": "Första dagen kan inte ligga framåt i tiden. Rätta den.",
    "checklist_names_customer": "Namnet ser ut att säga vem en kund är, och det syns i listor. Skriv det på ett annat "
    "sätt.",
    "checklist_reason_missing": "Skriv varför, så att nästa person förstår.",
    "checklist_closed": "Listan är {status} och ändras inte. Öppna den igen först.",
    "checklist_open": "Listan pågår redan. Läs in sidan igen.",
    "checklist_step_gone": "Steget finns inte i listan. Läs in sidan igen.",
    "checklist_unfinished": "Det är {left} kvar. Bocka av, eller skriv att de inte är aktuella.",
    "checklist_unanswered": "Alla frågor är inte besvarade än. Svara på nästa fråga.",
    "checklist_answers": "Svaren passar inte frågorna. Läs in sidan igen.",
    "checklist_steps_begun": "Något är redan gjort i stegen som svaren ledde till. Ta tillbaka det först, eller avbryt "
    "listan och börja på en ny.",
    "checklist_begun": "Något är redan gjort i listan. Välj Avbryt listan i stället, så finns det kvar.",
    "checklist_of_another": "Listan är en annans. Be den som har den, eller enhetschefen.",
    "printer_failed": "Skrivaren {printer} tog inte emot utskriften. Kontrollera den och försök igen.",
    "archive_failed": "Papperet blev inte godkänt för arkivet och sparades inte. Spara det som vanlig PDF i stället.",
    "period_empty": "Det finns inga sådana möten i perioden. Välj andra datum.",
    "decisions_empty": "Det står inga beslut i anteckningarna. Välj hela anteckningarna i stället.",
    "extract_empty": "Det står inget om den kunden i anteckningarna. Välj en annan kund eller ett annat möte.",
    "extract_of_nobody": "Ange vilken kund utdraget gäller.",
    **MEETING_SENTENCES,
}

_GAPS = {
    "file": "",
    "what": "Posten",
    "key": "",
    "reason": "okänd orsak",
    "holder": "ett annat fönster",
    "wait": "några sekunder",
}


COPY_DIFFERS = "kopian stämmer inte med databasen"
"""The reason when a copy was made and did not prove to be the same."""
_DISK: dict[int, str] = {
    errno.ENOENT: "filen eller mappen finns inte", errno.EACCES: "du saknar rätt till den",
    errno.EPERM: "du saknar rätt till den", errno.EISDIR: "det är en mapp", errno.ENOTDIR: "mappen finns inte",
    errno.ENOSPC: "disken är full", errno.EDQUOT: "ditt utrymme är fullt", errno.EROFS: "mappen är skrivskyddad",
    errno.ENAMETOOLONG: "namnet är för långt", errno.EIO: "disken svarar inte som den ska",
    errno.ENXIO: "enheten är borta", errno.ENODEV: "enheten är borta", errno.ESTALE: "enheten är borta",
    errno.EBUSY: "den används av ett annat program", errno.ETXTBSY: "den används av ett annat program",
    errno.EEXIST: "den finns redan", errno.EFBIG: "filen blir för stor", errno.EMFILE: "för många filer är öppna",
    errno.ENFILE: "för många filer är öppna", errno.EINVAL: "namnet går inte att använda",
    errno.ETIMEDOUT: "enheten svarar inte", errno.ELOOP: "länken leder i en ring",
}  # fmt: skip


_DRIVER = (
    ("full", "disken är full"), ("readonly", "mappen är skrivskyddad"), ("read-only", "mappen är skrivskyddad"),
    ("disk I/O", "disken svarar inte som den ska"), ("unable to open", "filen går inte att öppna"),
    ("locked", "den används av ett annat program"), ("malformed", "innehållet är skadat"),
)  # fmt: skip
"""Signs in what the database driver says, which is English and would stand in the middle of a Swedish sentence."""


def disk_reason(error: BaseException) -> str:
    """Why the disk or the folder refused, in a few Swedish words for the gap {reason}."""
    if isinstance(error, OSError) and error.errno is not None:
        return _DISK.get(error.errno, f"fel {error.errno}")
    if isinstance(error, ValueError):
        return "namnet går inte att använda"
    text = str(error)
    return next((words for sign, words in _DRIVER if sign in text), _GAPS["reason"])


def _value(name: str, value: object) -> str:
    return number_word(value, "sekund", "sekunder") if name == "wait" and isinstance(value, int) else str(value)


def wording(error: KnownError) -> str:
    """The one line to show for `error`; an unknown code is a bug and says so plainly with its code."""
    sentence = SENTENCES.get(error.code)
    if sentence is None:
        return f"Det gick inte ({error.code}). Ingenting är ändrat."
    names = {name for _, name, _, _ in Formatter().parse(sentence) if name}
    values = {name: _value(name, error.params.get(name, _GAPS.get(name, ""))) for name in names}
    return " ".join(sentence.format(**values).split())
