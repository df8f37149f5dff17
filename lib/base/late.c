#include "base/late.h"

#include <dlfcn.h>
#include <string.h>

#include "base/log.h"

static bool is_whole(void *library, const struct late_function *functions, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (dlsym(library, functions[i].name) == NULL)
			return false;
	return true;
}

bool late_load(const char *library, const struct late_function *functions, size_t count)
{
	void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);

	if (handle == NULL || !is_whole(handle, functions, count)) {
		const char *fault = dlerror();

		log_error("%s cannot be used: %s", library, fault != NULL ? fault : "too old");
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		void *address = dlsym(handle, functions[i].name);

		memcpy(functions[i].place, &address, sizeof(address));
	}
	return true;
}
