/* What a C solution sees besides its own code. */
#ifndef VIVA_H
#define VIVA_H

#include <stdbool.h>

struct list_node {
	int val;
	struct list_node *next;
};

struct tree_node {
	int val;
	struct tree_node *left, *right;
};

#endif
