/* The version of Viva, as other programs are told it. */
#ifndef VIVA_BASE_VERSION_H
#define VIVA_BASE_VERSION_H

#define VIVA_VERSION "0.1.0"

#endif
