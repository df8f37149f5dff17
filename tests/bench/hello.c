/* The smallest FastCGI program: what the bench compares Viva's pages with. */
#include <pthread.h>
#include <stddef.h>

#include <fcgiapp.h>

enum { THREADS = 8 };

static void *serve(void *unused)
{
	FCGX_Request request;

	(void)unused;
	FCGX_InitRequest(&request, 0, 0);
	while (FCGX_Accept_r(&request) == 0) {
		FCGX_PutS("Content-Type: text/plain\r\n\r\nhello\n", request.out);
		FCGX_Finish_r(&request);
	}
	return NULL;
}

int main(void)
{
	pthread_t threads[THREADS];

	FCGX_Init();
	for (int i = 0; i < THREADS; i++)
		pthread_create(&threads[i], NULL, serve, NULL);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	return 0;
}
