/* The console of the scripted board, on Linux. */
#include <stdio.h>

#include "board.h"

void board_print(const char *text)
{
    fputs(text, stdout);
}
