#include "score/loan.h"

#include <stdlib.h>
#include <string.h>

struct loan {
	const char *beginning, *stem;
};

/*
 * In strcmp order, for it is searched by halves; none begins with another one. Russian and
 * Ukrainian in fold_ukrainian's letters; only beginnings that no other common word has.
 */
static const struct loan loans[] = {
	{ "алгоритм", "algorithm" },
	{ "алерт", "alert" },
	{ "апдейт", "updat" },
	{ "архитектур", "architectur" },
	{ "атомарн", "atom" },
	{ "бакет", "bucket" },
	{ "бекап", "backup" },
	{ "бекенд", "backend" },
	{ "бекоф", "backoff" },
	{ "браузер", "browser" },
	{ "брокер", "broker" },
	{ "бэкап", "backup" },
	{ "бэкенд", "backend" },
	{ "бэкоф", "backoff" },
	{ "вариант", "variant" },
	{ "вебхук", "webhook" },
	{ "вектор", "vector" },
	{ "версии", "version" },
	{ "версий", "version" },
	{ "версион", "version" },
	{ "версию", "version" },
	{ "версия", "version" },
	{ "воркер", "worker" },
	{ "градиент", "gradient" },
	{ "датасет", "dataset" },
	{ "дашборд", "dashboard" },
	{ "дедлок", "deadlock" },
	{ "деплое", "deploy" },
	{ "деплои", "deploy" },
	{ "деплой", "deploy" },
	{ "деплою", "deploy" },
	{ "деплоя", "deploy" },
	{ "джитер", "jitter" },
	{ "джиттер", "jitter" },
	{ "джойн", "join" },
	{ "дисперси", "dispers" },
	{ "документ", "document" },
	{ "експеримент", "experi" },
	{ "ембеддинг", "embed" },
	{ "ембединг", "embed" },
	{ "ендпоинт", "endpoint" },
	{ "ендпойнт", "endpoint" },
	{ "идемпотент", "idempot" },
	{ "индекс", "index" },
	{ "инсерт", "insert" },
	{ "инстанс", "instanc" },
	{ "интерфейс", "interfac" },
	{ "кворум", "quorum" },
	{ "кеш", "cach" },
	{ "кластер", "cluster" },
	{ "клиент", "client" },
	{ "колбек", "callback" },
	{ "колбэк", "callback" },
	{ "коллбек", "callback" },
	{ "коллбэк", "callback" },
	{ "комит", "commit" },
	{ "коммит", "commit" },
	{ "компонент", "compon" },
	{ "консьюмер", "consum" },
	{ "консюмер", "consum" },
	{ "контейнер", "contain" },
	{ "контекст", "context" },
	{ "конфиг", "config" },
	{ "конфликт", "conflict" },
	{ "кэш", "cach" },
	{ "лидер", "leader" },
	{ "лимит", "limit" },
	{ "логин", "login" },
	{ "логиров", "log" },
	{ "логуван", "log" },
	{ "макротаск", "macrotask" },
	{ "матриц", "matrix" },
	{ "метод", "method" },
	{ "метрик", "metric" },
	{ "миграц", "migrat" },
	{ "микросервис", "microservic" },
	{ "микротаск", "microtask" },
	{ "модел", "model" },
	{ "монитор", "monitor" },
	{ "монолит", "monolith" },
	{ "мьютекс", "mutex" },
	{ "мютекс", "mutex" },
	{ "офсет", "offset" },
	{ "оффсет", "offset" },
	{ "пайплайн", "pipelin" },
	{ "пакет", "packet" },
	{ "параметр", "paramet" },
	{ "партиц", "partit" },
	{ "приоритет", "prioriti" },
	{ "продюсер", "produc" },
	{ "промис", "promis" },
	{ "протокол", "protocol" },
	{ "процес", "process" },
	{ "регреси", "regress" },
	{ "регресси", "regress" },
	{ "редис", "redi" },
	{ "релиз", "releas" },
	{ "рендер", "render" },
	{ "реплик", "replica" },
	{ "репозитор", "repositori" },
	{ "ретраи", "retri" },
	{ "ретрай", "retri" },
	{ "ролбек", "rollback" },
	{ "ролбэк", "rollback" },
	{ "роллбэк", "rollback" },
	{ "санитайз", "sanit" },
	{ "сегмент", "segment" },
	{ "семафор", "semaphor" },
	{ "сервер", "server" },
	{ "сесии", "session" },
	{ "сесий", "session" },
	{ "сесию", "session" },
	{ "сесия", "session" },
	{ "сессии", "session" },
	{ "сессий", "session" },
	{ "сессию", "session" },
	{ "сессия", "session" },
	{ "скрипт", "script" },
	{ "снапшот", "snapshot" },
	{ "снепшот", "snapshot" },
	{ "снэпшот", "snapshot" },
	{ "софтмакс", "softmax" },
	{ "статус", "status" },
	{ "таймаут", "timeout" },
	{ "таймер", "timer" },
	{ "тестир", "test" },
	{ "тестуван", "test" },
	{ "токен", "token" },
	{ "топик", "topic" },
	{ "транзакц", "transact" },
	{ "трансформер", "transform" },
	{ "трейс", "trace" },
	{ "фильтр", "filter" },
	{ "фолбек", "fallback" },
	{ "фолбэк", "fallback" },
	{ "фоллбэк", "fallback" },
	{ "формат", "format" },
	{ "фронтенд", "frontend" },
	{ "фронтэнд", "frontend" },
	{ "функци", "function" },
	{ "хеш", "hash" },
	{ "хук", "hook" },
	{ "хэш", "hash" },
	{ "шард", "shard" },
	{ "эксперимент", "experi" },
	{ "эмбеддинг", "embed" },
	{ "эндпоинт", "endpoint" },
	{ "эндпойнт", "endpoint" },
};

struct word {
	const char *bytes;
	size_t len;
};

static int compare(const void *key, const void *element)
{
	const struct word *word = key;
	const char *beginning = ((const struct loan *)element)->beginning;
	size_t len = strlen(beginning);
	int order = memcmp(word->bytes, beginning, word->len < len ? word->len : len);

	return order != 0 || word->len >= len ? order : -1;
}

const char *loan_stem(const char *word, size_t len)
{
	struct word key = { .bytes = word, .len = len };
	const struct loan *found = bsearch(&key, loans, sizeof(loans) / sizeof(loans[0]),
	                                   sizeof(loans[0]), compare);

	return found != NULL ? found->stem : NULL;
}
