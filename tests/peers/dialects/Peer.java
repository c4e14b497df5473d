// Verifiers for Java in tests/tests/real/dialects.rs: `Peer LIBRARY SECRET-FILE MILLISECONDS`, the instant at
// which the libraries' own clocks stand. Reads a token from each line, and answers each by `A`, or by `R`
// and the error.

import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Date;
import org.apache.hadoop.shaded.com.nimbusds.jose.crypto.MACVerifier;
import org.apache.hadoop.shaded.com.nimbusds.jose.proc.SecurityContext;
import org.apache.hadoop.shaded.com.nimbusds.jwt.SignedJWT;
import org.apache.hadoop.shaded.com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;

final class Peer {
    interface Verifier {
        void verify(String token) throws Exception;
    }

    static Verifier jjwt(byte[] secret, Date now) {
        JwtParser parser =
            Jwts.parser().verifyWith(Keys.hmacShaKeyFor(secret)).clock(() -> now).build();
        return token -> parser.parseSignedClaims(token);
    }

    static Verifier nimbus(byte[] secret, Date now) throws Exception {
        MACVerifier key = new MACVerifier(secret);
        DefaultJWTClaimsVerifier<SecurityContext> claims =
            new DefaultJWTClaimsVerifier<SecurityContext>(null, null) {
                @Override
                protected Date currentTime() {
                    return now;
                }
            };
        return token -> {
            SignedJWT jwt = SignedJWT.parse(token);
            if (!jwt.verify(key)) {
                throw new IllegalArgumentException("signature");
            }
            claims.verify(jwt.getJWTClaimsSet(), null);
        };
    }

    public static void main(String[] arguments) throws Exception {
        byte[] secret = Files.readAllBytes(Path.of(arguments[1]));
        Date now = new Date(Long.parseLong(arguments[2]));
        Verifier verifier = arguments[0].equals("jjwt") ? jjwt(secret, now) : nimbus(secret, now);
        StringBuilder answers = new StringBuilder();
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
        for (String token = lines.readLine(); token != null; token = lines.readLine()) {
            try {
                verifier.verify(token);
                answers.append("A\n");
            } catch (Exception error) {
                answers.append("R ").append(error.toString().replace('\n', ' ')).append('\n');
            }
        }
        System.out.print(answers);
    }
}
