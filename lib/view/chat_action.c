#include "view/chat_action.h"

#include <string.h>

bool chat_action_read(const char *value, enum flow_action *ret_action)
{
	static const char *const values[] = {
		[FLOW_SAY] = "say",
		[FLOW_SKIP] = "skip",
		[FLOW_DONT_KNOW] = "dont_know",
		[FLOW_HINT] = "hint",
		[FLOW_MODEL_ANSWER] = "model_answer",
		[FLOW_STOP] = "stop",
		[FLOW_CONTINUE] = "continue",
		[FLOW_FINISH] = "finish",
		[FLOW_CODE_DONE] = "code_done",
	};

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		if (strcmp(values[i], value) == 0) {
			*ret_action = (enum flow_action)i;
			return true;
		}
	}
	return false;
}
