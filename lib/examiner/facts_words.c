#include "examiner/facts_words.h"

const struct facts_technology facts_technologies[] = {
	{ "Python", "python*|питон*|пайтон*|пітон*|пайтоні", false },
	{ "JavaScript", "javascript|js|джаваскрипт*|жаваскрипт*|яваскрипт*", false },
	{ "TypeScript", "typescript|ts|тайпскрипт*", false },
	{ "Java", "java|java8|java11|java17|java21|джава|джаве|джаву|джаві|джавою|джавой", false },
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
	{ "HTML", "html|html5", false },
	{ "CSS", "css|css3|scss|sass", false },
	{ "React", "react.js|reactjs|реакт|реакте|реакту|реакті|реактом", false },
	{ "React", "react", true },
	{ "Redux", "redux|редакс", false },
	{ "Vue", "vue|vue.js|vuejs|вью|вьюха", false },
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
	{ "FastAPI", "fastapi", false },
	{ "Spring", "springboot|спринг*", false },
	{ "Spring", "spring", true },
	{ "Hibernate", "hibernate|хибернейт*|гібернейт*", false },
	{ "Laravel", "laravel|ларавел*", false },
	{ "Symfony", "symfony|симфони", false },
	{ "Flutter", "flutter|флаттер*", false },
	{ "Android", "android|андроид*|андроїд*", false },
	{ "iOS", "ios|swiftui|айос", false },
	{ "PostgreSQL", "postgres|postgresql|постгрес*|постгря|постгре", false },
	{ "MySQL", "mysql|mariadb|мускул", false },
	{ "SQLite", "sqlite|sqlite3", false },
	{ "Oracle", "oracle", true },
	{ "Microsoft SQL Server", "mssql|t-sql|tsql", false },
	{ "MongoDB", "mongo|mongodb|монго|монга", false },
	{ "Redis", "redis|редис*|редіс*", false },
	{ "Elasticsearch", "elasticsearch|elastic|эластик*|еластик*", false },
	{ "Cassandra", "cassandra|кассандр*", false },
	{ "ClickHouse", "clickhouse|кликхаус*|клікхаус*", false },
	{ "Kafka", "kafka|кафка|кафке|кафку|кафкой|кафкою|кафці", false },
	{ "RabbitMQ", "rabbitmq|rabbit|реббит*|кролик", false },
	{ "Docker", "docker|докер*", false },
	{ "Kubernetes", "kubernetes|k8s|кубернетес*|кубер|кубере", false },
	{ "Terraform", "terraform|терраформ*", false },
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
	{ "Tableau", "tableau|табло", false },
	{ NULL, NULL, false },
};

const struct facts_level facts_levels[] = {
	{ "senior", "senior|sr|lead|principal|сеньор*|сеньер*|сеньйор*|синьор*|сіньйор*|старший|"
	            "старшим|ведущий|ведущим|провідний|провідним|тимлид*|тімлід*|техлид*|техлід*" },
	{ "middle", "middle|mid|midlevel|intermediate|мидл*|миддл*|мідл*|міддл*" },
	{ "junior", "junior|jr|trainee|intern|beginner|джун*|джуниор*|джуніор*|младший|младшим|"
	            "молодший|молодшим|стажер*|стажист*|начинающий|початківець|интерн|інтерн" },
	{ NULL, NULL },
};

const char *const facts_jobs[] = {
	"developer|engineer|programmer|tester|analyst|architect|administrator|sysadmin|designer|"
	"scientist|devops|sre|dba|qa",
	"разработчик*|инженер*|программист*|тестировщик*|аналитик*|архитектор*|администратор*|"
	"верстальщик*|дизайнер*|девопс*|сисадмин*|кодер*",
	"розробник*|розробниц*|інженер*|програміст*|тестувальник*|тестувальниц*|аналітик*|"
	"архітектор*|адміністратор*|верстальник*|сисадмін*",
	NULL,
};

const char *const facts_fillers[] = {
	"a|an|the|as|i|im|i'm|am|is|was|be|become|work|worked|working|and|or|for|to|of|my|with|by|"
	"in|at|me|we|our|another|position|role|job|not|years|experience|currently|now|also|good",
	"я|как|на|в|с|и|или|по|работаю|работал|работала|являюсь|хочу|стать|должность|позиция|"
	"позицию|сейчас|года|лет|год|не|у|меня|был|была|для|это|опыт|опытом",
	"як|та|й|і|з|працюю|працював|працювала|є|хочу|стати|посада|посаду|позиція|позицію|зараз|"
	"роки|років|рік|мене|був|була|це|досвід|досвідом|від",
	NULL,
};

const char *const facts_name_leads[] = {
	"my name is", "name is",  "names",       "call me",     "меня зовут",
	"мое имя",    "моє ім я", "зовите меня", "мене звати",  "мене звуть",
	"моє ім'я",   "моє імя",  "звіть мене",  "звертайтеся", NULL,
};

const char *const facts_numbers[] = {
	"one|two|three|four|five|six|seven|eight|nine|ten",
	"один|одного|два|двух|три|трех|четыре|пять|шесть|семь|восемь|девять|десять|полтора|полгода",
	"двох|трьох|чотири|пять|п'ять|шість|сім|вісім|девять|дев'ять|десять|півтора|пів",
	NULL,
};

const char *const facts_periods[] = {
	"year|years|yr|yrs|yoe|month|months",
	"год|года|году|лет|месяц|месяца|месяцев",
	"рік|року|роки|років|місяць|місяці|місяців",
	NULL,
};

const char *const facts_ages[] = { "мне|мені|aged|возраст|вік", NULL };
