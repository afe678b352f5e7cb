/* To be preloaded: the name of this machine has underscores, and no server knows its address. */
#include <string.h>

int gethostname(char *name, size_t size)
{
    strncpy(name, "a_name_that_does_not_resolve", size);
    return 0;
}
