#include "profile/occupation.h"

/* "manager" says nothing: a shop has them as well. */
static const char *const it[] = {
	"developer|developers|programmer|programmers|coder|tester|qa|devops|sre|dba|sysadmin|"
	"frontend|backend|fullstack|fullstacker|webmaster|engineer|analyst|architect|scientist|"
	"designer|cto|teamlead|techlead",
	"team|tech lead",
	"product manager|owner",
	"software|web|mobile|data|system|systems|network|devops|ml|ai|test|automation "
	"engineer|engineering|development|developing|architect|administrator|analyst|scientist|"
	"tester",
	"front|back|full end|stack",
	"sales|accounting|marketing|teaching|nursing|warehouse|restaurant "
	"software|system|systems|platform|platforms|app|apps|application|applications|automation",
	"it support|engineer|specialist|manager|administrator|analyst",
	"инженер*|аналитик*|аналітик*|архитектор*|архітектор*|дизайнер*",
	"разработчик*|разработчиц*|программист*|тестировщик*|тестировщиц*|верстальщик*|"
	"верстальщиц*|девопс*|сисадмин*|фронтендер*|бекендер*|бэкендер*|фулстек*|разработк*|"
	"программировани*|тестировани*|фронтенд*|бэкенд*|бекенд*",
	"розробник*|розробниц*|програміст*|тестувальник*|тестувальниц*|верстальник*|верстальниц*|"
	"сисадмін*|розробк*|розробляв*|програмуван*|тестуван*|фронтендер*",
	"системн* администратор*|адміністратор*|аналитик*|аналітик*",
	NULL,
};

/* The longer match counts: "business developer", but "sales platform". */
static const char *const others[] = {
	"cook|chef|waiter|waitress|barista|bartender|baker|dishwasher|courier|driver|chauffeur|"
	"teacher|tutor|lecturer|professor|schoolteacher|kindergarten|translator|interpreter|"
	"journalist|copywriter|proofreader|lawyer|attorney|paralegal|notary",
	"accountant|bookkeeper|accounting|bookkeeping|auditor|economist|banker|cashier|salesman|"
	"saleswoman|salesperson|seller|sales|realtor|merchandiser|shopkeeper|storekeeper",
	"nurse|nursing|doctor|physician|surgeon|dentist|pharmacist|paramedic|veterinarian|"
	"psychologist|physiotherapist|midwife|caregiver|nanny|babysitter|teaching",
	"soldier|army|policeman|firefighter|guard|mechanic|electrician|plumber|carpenter|builder|"
	"bricklayer|welder|turner|farmer|pilot|sailor|hairdresser|photographer|musician|actor|"
	"actress|receptionist|secretary|housekeeper|cleaner|librarian|loader|packer|recruiter|"
	"marketer",
	"military|army|conscript service",
	"armed forces",
	"career|maternity|parental break|leave",
	"перерыв в карьере",
	"декрет*|декретн*",
	"уход|догляд за",
	"business|property|estate developer|development",
	"interior|fashion|landscape designer|architect",
	"marketing manager|specialist|assistant|director|coordinator",
	"civil|mechanical|electrical|chemical|structural|construction|mining|process|sales "
	"engineer|engineering",
	"warehouse|office|restaurant|store|shop|hotel|construction|hr manager|worker|"
	"administrator|assistant|clerk",
	"повар*|официант*|бариста|бармен*|пекар*|курьер*|водител*|таксист*|учител*|"
	"преподавател*|воспитател*|репетитор*|переводчик*|переводчиц*|журналист*|копирайтер*|"
	"юрист*|адвокат*|нотариус*",
	"бухгалтер*|экономист*|аудитор*|кассир*|банкир*|продавц*|продавец|продавщиц*|продаж|"
	"продажам|риелтор*|мерчендайзер*|товаровед*|кладовщик*|завхоз*",
	"медсестр*|медбрат*|врач*|хирург*|стоматолог*|фармацевт*|фельдшер*|ветеринар*|психолог*|"
	"няня|няней|сиделк*|провизор*",
	"солдат*|армия|армии|полицейск*|пожарн*|охранник*|механик*|автомеханик*|слесар*|"
	"электрик*|сантехник*|плотник*|строител*|сварщик*|токар*|грузчик*|разнорабоч*|фермер*|"
	"парикмахер*|фотограф*|музыкант*|актер*|секретар*|уборщи*|библиотекар*|маркетолог*|"
	"рекрутер*|логист*|прораб*",
	"инженер*|інженер* строител*|механик*|конструктор*|будівельник*",
	"служба|служил|служив в|у армии|армії|вооруженных|збройних",
	"военная|военной|срочная|срочной|військова|військової|строкова служба|службы|служби",
	"администратор*|адміністратор* ресторан*|гостиниц*|магазин*|салон*|готел*|зал*",
	"кухар*|кухарк*|офіціант*|курєр*|водій*|водія|водієм|таксист*|вчител*|викладач*|"
	"вихователь*|вихователк*|перекладач*|журналіст*",
	"бухгалтерк*|економіст*|касир*|продавч*|продавець|продавця|продавцем|продажів|рієлтор*|"
	"комірник*|товарознав*",
	"лікар*|лікарк*|хірург*|психологин*|няньк*|доглядальниц*",
	"армія|поліцейськ*|пожежник*|охоронец*|охоронц*|механік*|слюсар*|електрик*|сантехнік*|"
	"тесляр*|будівельник*|зварювальник*|вантажник*|перукар*|бібліотекар*|секретарк*|"
	"прибиральниц*|виконроб*",
	NULL,
};

enum occupation occupation_in(const struct page *page, size_t first, size_t end)
{
	enum occupation found = OCCUPATION_UNSAID;

	for (size_t at = first; at < end;) {
		const size_t other = utterance_match_any(&page->base.words, at, others);

		const size_t own = utterance_match_any(&page->base.words, at, it);

		if (own > other)
			return OCCUPATION_IT;
		if (other != 0 && other <= end)
			found = OCCUPATION_OTHER;
		at = other != 0 ? other : at + 1;
	}
	return found;
}
