/* A bank question for tests, in three languages, with a gap for its place in the bank. */
#ifndef VIVA_TESTS_EXAM_FIXTURE_H
#define VIVA_TESTS_EXAM_FIXTURE_H

#include "base/arena.h"

#define FULL_EN                                                                          \
	"A safe method only reads data and changes nothing on the server. A method is "  \
	"idempotent when repeating the request leaves the server in the same state. "    \
	"For payments the client sends a unique key, and the server stores the key and " \
	"returns the saved result instead of charging again."
/* It counts the bytes of Cyrillic letters: clang-format must not align them. */
/* clang-format off */
#define FULL_RU \
	"Безопасный метод только читает данные и ничего не меняет на сервере. Метод " \
	"идемпотентен, если повтор запроса оставляет сервер в том же состоянии. Для " \
	"платежей клиент передаёт уникальный ключ, сервер сохраняет ключ и возвращает " \
	"запомненный результат вместо повторного списания."
#define FULL_UK \
	"Безпечний метод лише читає дані й нічого не змінює на сервері. Метод " \
	"ідемпотентний, якщо повтор запиту залишає сервер у тому самому стані. Для " \
	"платежів клієнт передає унікальний ключ, сервер зберігає ключ і повертає " \
	"запам'ятований результат замість повторного списання."
/* clang-format on */

/* One of the three points, so far from a full mark. */
#define THIN_EN "A safe method only reads data and changes nothing on the server."
#define REST_EN                                                                               \
	"It is idempotent when repeating the request leaves the server in the same state. "   \
	"The client sends a unique key, and the server stores the key and returns the saved " \
	"result."
#define WRONG_EN     "DELETE is not idempotent because the second call returns 404."
#define FACT_EN      "Idempotency concerns the state of the server, not the response code."
#define HINT_EN      "Think about what happens when the connection breaks."
#define FOLLOW_UP_EN "How would both sides recognise the second attempt to pay?"
#define QUESTION_EN \
	"What do safe and idempotent mean for HTTP, and how do you avoid a double charge?"

struct fixture {
	const char *id, *type, *category, *difficulty;
};

/* `%1$s` id, `%2$s` type, `%3$s` category, `%4$s` difficulty */
static inline char *fixture_body(struct arena *in, const struct fixture *place)
{
	return arena_printf(
	        in,
	        "{\"id\":\"%1$s\",\"type\":\"%2$s\",\"track\":\"backend\",\"roles\":[\"backend\"],"
	        "\"category\":\"%3$s\",\"level\":\"junior\",\"difficulty\":\"%4$s\","
	        "\"skill_tags\":[\"http\",\"payments\"],\"estimated_answer_time_min\":3,"
	        "\"max_score\":10,\"question\":{\"en\":\"" QUESTION_EN "\","
	        "\"ru\":\"Что значат понятия безопасный и идемпотентный в HTTP и как избежать "
	        "двойного списания?\",\"uk\":\"Що означають поняття безпечний та ідемпотентний у "
	        "HTTP і як уникнути подвійного списання?\"},"
	        "\"reference_answer\":{\"en\":[\"" FULL_EN "\"],\"ru\":[\"" FULL_RU "\"],"
	        "\"uk\":[\"" FULL_UK "\"]},\"key_points\":["
	        "{\"id\":\"safe\",\"text\":{"
	        "\"en\":\"A safe method only reads data and changes nothing on the server.\","
	        "\"ru\":\"Безопасный метод только читает данные и ничего не меняет на сервере.\","
	        "\"uk\":\"Безпечний метод лише читає дані й нічого не змінює на сервері.\"},"
	        "\"aliases\":{\"en\":[\"no side effects\"],\"ru\":[\"нет побочных эффектов\"],"
	        "\"uk\":[\"немає побічних ефектів\"]}},"
	        "{\"id\":\"repeat\",\"text\":{"
	        "\"en\":\"Repeating an idempotent request leaves the server in the same state.\","
	        "\"ru\":\"Повтор идемпотентного запроса оставляет сервер в том же состоянии.\","
	        "\"uk\":\"Повтор ідемпотентного запиту залишає сервер у тому самому стані.\"},"
	        "\"aliases\":{\"en\":[],\"ru\":[],\"uk\":[]}},"
	        "{\"id\":\"key\",\"text\":{"
	        "\"en\":\"The client sends a unique key, the server stores it and returns the "
	        "saved "
	        "result.\",\"ru\":\"Клиент передаёт уникальный ключ, сервер сохраняет его и "
	        "возвращает запомненный результат.\",\"uk\":\"Клієнт передає унікальний ключ, "
	        "сервер зберігає його і повертає запам'ятований результат.\"},"
	        "\"aliases\":{\"en\":[],\"ru\":[],\"uk\":[]}}],"
	        "\"mistakes\":[{\"key_point\":\"repeat\",\"claim\":{\"en\":[\"" WRONG_EN "\"],"
	        "\"ru\":[\"DELETE не идемпотентен, потому что второй вызов вернёт 404.\"],"
	        "\"uk\":[\"DELETE не ідемпотентний, бо другий виклик поверне 404.\"]},"
	        "\"fact\":{\"en\":\"" FACT_EN "\",\"ru\":\"Идемпотентность касается состояния "
	        "сервера, а не кода ответа.\",\"uk\":\"Ідемпотентність стосується стану сервера, а "
	        "не коду відповіді.\"}}],"
	        "\"follow_ups\":[{\"key_point\":\"key\",\"question\":{\"en\":\"" FOLLOW_UP_EN "\","
	        "\"ru\":\"Как стороны узнают вторую попытку?\",\"uk\":\"Як сторони впізнають другу "
	        "спробу?\"}}],\"hint\":{\"en\":\"" HINT_EN "\",\"ru\":\"Подумайте, что будет при "
	        "обрыве соединения.\",\"uk\":\"Подумайте, що буде в разі обриву з'єднання.\"}}",
	        place->id, place->type, place->category, place->difficulty);
}

#endif
