// main: picks the face, or the helper mode.
#include <stdio.h>

int main(void)
{
    puts("greenroom 0.1.0");
    return 0;
}
