/* libjwt in tests/tests/real/dialects.rs: `peer SECRET-FILE`. Reads a token from each line, and answers
 * each by `A` or `R`. This version has no function that checks claims. */

#include <jwt.h>
#include <stdio.h>
#include <string.h>

int main(int count, char **arguments)
{
	unsigned char secret[512];
	char line[16384];
	FILE *file = count == 2 ? fopen(arguments[1], "rb") : NULL;
	if (!file)
		return 2;
	size_t length = fread(secret, 1, sizeof secret, file);
	fclose(file);
	while (fgets(line, sizeof line, stdin)) {
		line[strcspn(line, "\n")] = 0;
		jwt_t *jwt = NULL;
		int failed = jwt_decode(&jwt, line, secret, (int)length);
		puts(failed ? "R" : "A");
		if (!failed)
			jwt_free(jwt);
	}
	return 0;
}
