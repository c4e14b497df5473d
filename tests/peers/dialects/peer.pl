# Crypt::JWT in tests/tests/real/dialects.rs: `peer.pl SECRET-FILE`, with a stopped clock. Reads a token from
# each line, and answers each by `A`, or by `R` and the error.

use strict;
use warnings;
use Crypt::JWT qw(decode_jwt);

local $| = 1;
# Values that are no numbers are what the tokens are made for.
local $SIG{__WARN__} = sub { };
open my $file, '<:raw', $ARGV[0] or die $!;
my $secret = do { local $/; <$file> };
while (my $token = <STDIN>) {
    chomp $token;
    my $accepted = eval { decode_jwt(token => $token, key => $secret); 1 };
    my $error = $@ // '';
    $error =~ s/\n/ /g;
    print $accepted ? "A\n" : "R $error\n";
}
