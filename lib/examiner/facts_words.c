#include "examiner/facts_words.h"

const struct facts_technology facts_technologies[] = {
	{ "Python", "python*|питон*|пайтон*|пітон*|пайтоні", false },
	{ "JavaScript", "javascript|js|джаваскрипт*|жаваскрипт*|яваскрипт*", false },
	{ "TypeScript", "typescript|ts|тайпскрипт*", false },
	{ "Java", "java|java8|java11|java17|java21|джава|джави|джаве|джаву|джаві|джавою|джавой",
	  false },
	{ "Kotlin", "kotlin|котлин*|котлін*", false },
	{ "Scala", "scala|скала|скале|скалі", false },
	{ "C", "c", true },
	{ "C++", "c++|cpp|с++|плюсы|плюсах", false },
	{ "C#", "c#|csharp|с#|шарп|шарпе", false },
	{ ".NET", ".net|dotnet|asp.net|дотнет*", false },
	{ "Go", "golang|голанг*", false },
	{ "Go", "go", true },
	{ "Rust", "rust", true },
	{ "Rust", "раст|расте|расті", false },
	{ "Swift", "swift", true },
	{ "R", "r", true },
	{ "PHP", "php|php7|php8|пхп", false },
	{ "Ruby", "ruby|руби|рубі", false },
	{ "Ruby on Rails", "rails|рельсы|рельсах", false },
	{ "Elixir", "elixir|эликсир*", false },
	{ "Dart", "dart", true },
	{ "Perl", "perl|перл*", false },
	{ "Lua", "lua", false },
	{ "Bash", "bash|баш", false },
	{ "SQL", "sql", false },
	{ "HTML", "html|html5|хтмл|штмл", false },
	{ "CSS", "css|css3|scss|sass", false },
	{ "React", "react.js|reactjs|реакт|реакте|реакту|реакті|реактом", false },
	{ "React", "react", true },
	{ "Redux", "redux|редакс", false },
	{ "Vue", "vue|vue.js|vuejs|вью|вю|вьюха", false },
	{ "Nuxt", "nuxt|nuxt.js|nuxtjs|накст", false },
	{ "Angular", "angular|ангуляр*", false },
	{ "Svelte", "svelte", false },
	{ "Next.js", "next.js|nextjs", false },
	{ "Node.js", "node.js|nodejs|node|нода|ноде|ноді", false },
	{ "Express", "express.js|expressjs", false },
	{ "Express", "express", true },
	{ "NestJS", "nestjs|nest.js", false },
	{ "jQuery", "jquery", false },
	{ "Django", "django|джанго", false },
	{ "Flask", "flask|фласк*", false },
	{ "FastAPI", "fastapi|фастапи|фастапі", false },
	{ "Spring", "springboot|спринг*|спрінг*", false },
	{ "Spring", "spring", true },
	{ "Hibernate", "hibernate|хибернейт*|гібернейт*", false },
	{ "Laravel", "laravel|ларавел*|ларавєл*", false },
	{ "Symfony", "symfony|симфони", false },
	{ "Flutter", "flutter|флаттер*", false },
	{ "Android", "android|андроид*|андроїд*", false },
	{ "iOS", "ios|swiftui|айос", false },
	{ "PostgreSQL", "postgres|postgresql|постгрес*|постгря|постгре", false },
	{ "MySQL", "mysql|mariadb|мускул", false },
	{ "SQLite", "sqlite|sqlite3", false },
	{ "Oracle", "oracle", true },
	{ "Oracle", "оракл*", false },
	{ "Microsoft SQL Server", "mssql|t-sql|tsql", false },
	{ "MongoDB", "mongo|mongodb|монго|монга", false },
	{ "Redis", "redis|редис*|редіс*", false },
	{ "Elasticsearch", "elasticsearch|elastic|эластик*|еластик*", false },
	{ "Cassandra", "cassandra|кассандр*", false },
	{ "ClickHouse", "clickhouse|кликхаус*|клікхаус*", false },
	{ "Kafka", "kafka|кафка|кафке|кафку|кафкой|кафкою|кафці", false },
	{ "RabbitMQ", "rabbitmq|rabbit|рэббит*|ребіт*|рабіт*|кролік|реббит*|кролик", false },
	{ "Docker", "docker|докер*", false },
	{ "Kubernetes", "kubernetes|k8s|кубернетес*|кубер|кубере", false },
	{ "Terraform", "terraform|терраформ*|тераформ*", false },
	{ "Ansible", "ansible|ансибл*|ансібл*", false },
	{ "Helm", "helm", true },
	{ "Jenkins", "jenkins|дженкинс*|дженкінс*", false },
	{ "GitLab", "gitlab|гитлаб*|гітлаб*", false },
	{ "GitHub", "github|гитхаб*|гітхаб*", false },
	{ "Git", "git|гит|гіт", false },
	{ "Linux", "linux|ubuntu|debian|линукс*|лінукс*", false },
	{ "Nginx", "nginx|энджинкс", false },
	{ "AWS", "aws|ec2|s3|lambda|амазон", false },
	{ "Azure", "azure|ажур", false },
	{ "Google Cloud", "gcp", false },
	{ "Prometheus", "prometheus|прометей|прометеус", false },
	{ "Grafana", "grafana|графана|графане|графані", false },
	{ "GraphQL", "graphql", false },
	{ "gRPC", "grpc", false },
	{ "REST", "rest|restful", true },
	{ "Spark", "pyspark|спарк*", false },
	{ "Spark", "spark", true },
	{ "Airflow", "airflow|эйрфлоу", false },
	{ "Hadoop", "hadoop|хадуп*", false },
	{ "Pandas", "pandas|пандас*", false },
	{ "NumPy", "numpy", false },
	{ "PyTorch", "pytorch|torch", false },
	{ "TensorFlow", "tensorflow|keras", false },
	{ "scikit-learn", "sklearn|scikit", false },
	{ "Celery", "celery|селери", false },
	{ "Webpack", "webpack|вебпак*", false },
	{ "Tailwind", "tailwind|tailwindcss", false },
	{ "Groovy", "groovy", true },
	{ "Selenium", "selenium|селениум*|селеніум*", false },
	{ "Cypress", "cypress", false },
	{ "Playwright", "playwright", false },
	{ "Postman", "postman|постман*", false },
	{ "JUnit", "junit", false },
	{ "pytest", "pytest", false },
	{ "Jira", "jira|джира|жира", false },
	{ "Figma", "figma|фигма|фигме|фігма|фігмі", false },
	{ "Unity", "unity|юнити|юніті", false },
	{ "Unreal Engine", "unreal|анрил*", false },
	{ "Qt", "qt|qt5|qt6", false },
	{ "1C", "1c|1с", false },
	{ "Excel", "excel|эксель|ексель", false },
	{ "Power BI", "powerbi", false },
	{ "Power BI", "power bi", false },
	{ "Tableau", "tableau|табло", false },
	{ NULL, NULL, false },
};

const struct facts_level facts_levels[] = {
	{ "senior", "senior|sr|lead|principal|сеньор*|сеньер*|сеньйор*|синьор*|сіньйор*|сінйор*|"
	            "синйор*|старший|"
	            "старшим|ведущий|ведущим|провідний|провідним|тимлид*|тімлід*|техлид*|техлід*" },
	{ "middle", "middle|mid|medior|midlevel|intermediate|мидл*|миддл*|мідл*|міддл*" },
	{ "junior", "junior|jr|trainee|intern|beginner|джун*|джуниор*|джуніор*|младший|младшим|"
	            "молодший|молодшим|стажер*|стажист*|начинающий|початківець|интерн|інтерн" },
	{ NULL, NULL },
};

const char *const facts_jobs[] = {
	"developer|developers|dev|engineer|programmer|tester|analyst|architect|administrator|"
	"sysadmin|"
	"designer|scientist|devops|sre|dba|qa|coder|frontender|backender|manager|teacher|director|"
	"cto",
	"разработчик*|разработчиц*|инженер*|программист*|тестировщик*|тестировщиц*|аналитик*|"
	"архитектор*|администратор*|верстальщик*|верстальщиц*|дизайнер*|девопс*|сисадмин*|кодер*|"
	"фронтендер*|фронтэндер*|бекендер*|бэкендер*|бэкэндер*|фулстек*|фуллстек*|девелопер*|"
	"тестер*|"
	"менеджер*|датасаентист*|руководител*|директор*|питонист*|джавист*|пхпшник*|сишник*|"
	"айосник*|пітоніст*|джавіст*",
	"розробник*|розробниц*|інженер*|програміст*|тестувальник*|тестувальниц*|аналітик*|"
	"аналітикин*|архітектор*|адміністратор*|верстальник*|верстальниц*|сисадмін*|бекендерк*|"
	"фронтендерк*|девелоперк*|керівник*|керівниц*",
	NULL,
};

const char *const facts_job_ends[] = {
	"данных|даних|разработки|розробки|проектов|проєктів|безопасности|безпеки|поддержки|"
	"підтримки|аналитик*|аналітик*",
	"lead|лид|лід",
	"по тестированию|безопасности",
	"з тестування|безпеки|якості",
	NULL,
};

const char *const facts_heads[] = {
	"tech|team lead",
	"teamlead|techlead",
	"тимлид*|техлид*|тімлід*|техлід*",
	NULL,
};

const char *const facts_left[] = { "turned|became", NULL };

const char *const facts_denials[] = { "not|isnt|не|ні", NULL };

const char *const facts_fillers[] = {
	"a|an|the|as|i|im|am|is|was|be|become|work|worked|working|and|or|for|to|of|my|with|by|"
	"in|at|me|we|our|another|position|role|job|not|years|experience|currently|now|also|good|"
	"this|yrs|year|its|turned|became|just|only|mostly|mainly",
	"я|как|на|в|с|и|или|по|работаю|работал|работала|являюсь|хочу|стать|должность|позиция|"
	"позицию|сейчас|года|лет|год|не|у|меня|был|была|для|это|опыт|опытом|уже|зовут|вот",
	"як|та|й|і|з|працюю|працював|працювала|є|хочу|стати|посада|посаду|позиція|позицію|зараз|"
	"роки|років|рік|мене|був|була|це|досвід|досвідом|від|вже|звати|звуть|починаю|мрію",
	NULL,
};

const char *const facts_name_leads[] = {
	"my name is",
	"my names",
	"name is",
	"call me",
	"im called",
	"i go by",
	"меня|мене зовут|звать|звати|звуть|кличут|кличуть",
	"зовут|зовите|называйте|звіть|звати|звуть меня|мене",
	"зовут|звать|звати|звуть",
	"мое|моє имя|имя|імя",
	NULL,
};

const char *const facts_name_labels[] = { "name|имя|імя", NULL };

const char *const facts_name_openers[] = { "меня|мене", NULL };

const char *const facts_name_closers[] = { "зовут|звать|звати|звуть", NULL };

const char *const facts_name_hints[] = {
	"im|я|це|это", "i am", "this is", "на связи|звязку", "с вами", "з вами", NULL,
};

const char *const facts_name_tails[] = {
	"and|from|here|и|из|с|і|й|та|з|із|а|я|but",
	NULL,
};

const char *const facts_no_names[] = {
	"yes|no|ok|okay|sure|ready|fine|happy|glad|tired|sorry|hello|hi|hey|greetings|good|thanks|"
	"great|nice|not|frontend|backend|fullstack|full|front|back|web|mobile|data|software|"
	"product|"
	"machine|system|cloud|security|junior|middle|senior|experience|english|ukrainian|russian|"
	"german|"
	"polish|american|indian|british|french|spanish|currently|based|self|student|graduate|"
	"unknown",
	"да|нет|привет|здравствуйте|добрый|доброе|готов|готова|рад|рада|спасибо|фронтенд|фронт|"
	"бэкенд|"
	"бекенд|бэк|фулстек|веб|системный|системная|опыт|стаж|студент*|выпускник|украинец|украинка|"
	"русский|работа*|занима*|пишу|тоже|так|просто|ничего|пока|все|как|что|очень|мобильн*|"
	"данные",
	"так|ні|привіт|вітаю|добрий|доброго|доброї|готовий|радий|дякую|системна|системний|"
	"досвід|студент*|випускник|випускниця|українець|українка|працю*|займа*|теж|просто|нічого|"
	"все|"
	"усе|що|дуже|мобільн*|дані|всім|усім|всем",
	NULL,
};

const char *const facts_numbers[] = {
	"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|few|several",
	"couple of",
	"один|одного|два|двух|три|трех|четыре|четырех|пять|пяти|шесть|семь|восемь|девять|десять|"
	"одиннадцать|двенадцать|пятнадцать|двадцать|полтора|полутора|пара|пару|несколько",
	"двох|трьох|чотири|чотирьох|пять|шість|сім|вісім|девять|десять|одинадцять|дванадцять|"
	"пятнадцять|двадцять|півтора|півтори|кілька|декілька|пів|пол",
	NULL,
};

const char *const facts_halves[] = {
	"and a half",
	"с половиной",
	"з|із половиною",
	NULL,
};

const char *const facts_periods[] = {
	"year|years|yr|yrs|yoe|month|months",
	"год|года|году|лет|месяц|месяца|месяцев|годика|годик",
	"рік|року|роки|років|місяць|місяці|місяців|рочки",
	NULL,
};

const char *const facts_spells[] = {
	"a|one|over year|month",
	"half a year",
	"полгода|півроку|полугода",
	NULL,
};

const char *const facts_about[] = {
	"over|about|around|nearly|almost|больше|более|около|почти|примерно|понад|більше|близько|"
	"майже",
	NULL,
};

const char *const facts_since[] = { "since|from|с|со|з|із|від|от", NULL };

const char *const facts_works[] = {
	"experience|work*|develop*|coding|programming|in",
	"опыт*|стаж*|работ*|пишу|разраб*|коммерческ*|в|кодю|тестиру*|занима*|учил*|учу",
	"досвід*|працю*|розроб*|комерційн*|у|в|тесту*|займа*|вчу|вчив|вчила",
	NULL,
};

const char *const facts_ages[] = { "мне|мені|aged|возраст|вік|age", NULL };
