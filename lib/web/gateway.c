#include "web/gateway.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

const char *gateway_param(const struct gateway *gateway, const char *name)
{
	if (gateway->fastcgi == NULL)
		return getenv(name);
	return FCGX_GetParam(name, gateway->fastcgi->envp);
}

size_t gateway_read(const struct gateway *gateway, char *bytes, size_t max)
{
	int got;

	if (gateway->fastcgi == NULL)
		return fread(bytes, 1, max, stdin);
	got = FCGX_GetStr(bytes, max > INT_MAX ? INT_MAX : (int)max, gateway->fastcgi->in);
	return got < 0 ? 0 : (size_t)got;
}

bool gateway_write(const struct gateway *gateway, const char *bytes, size_t len)
{
	if (gateway->fastcgi == NULL)
		return fwrite(bytes, 1, len, stdout) == len;
	while (len > 0) {
		int part = len > INT_MAX ? INT_MAX : (int)len;

		if (FCGX_PutStr(bytes, part, gateway->fastcgi->out) != part)
			return false;
		bytes += part;
		len -= (size_t)part;
	}
	return true;
}

bool gateway_flush(const struct gateway *gateway)
{
	if (gateway->fastcgi == NULL)
		return fflush(stdout) == 0;
	return FCGX_FFlush(gateway->fastcgi->out) == 0;
}
