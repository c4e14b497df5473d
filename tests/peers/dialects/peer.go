// Verifiers for Go in tests/tests/real/dialects.rs: `peer LIBRARY SECRET-FILE MICROSECONDS`, the instant at
// which the libraries' own clocks stand. Reads a token from each line, and answers each by `A`, or by `R`
// and the error.

package main

import (
	"bufio"
	"context"
	"encoding/base64"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	oidc "github.com/coreos/go-oidc"
	golang "github.com/golang-jwt/jwt"
	"gopkg.in/square/go-jose.v2/jwt"
)

var secret []byte
var now time.Time

func golangJwt(token string) error {
	_, err := golang.Parse(token, func(*golang.Token) (interface{}, error) { return secret, nil })
	return err
}

func goJose(token string) error {
	parsed, err := jwt.ParseSigned(token)
	if err != nil {
		return err
	}
	claims := jwt.Claims{}
	if err := parsed.Claims(secret, &claims); err != nil {
		return err
	}
	return claims.Validate(jwt.Expected{Time: now})
}

// The signature is that of HS256, which go-oidc never accepts, so this key set checks nothing.
type unsigned struct{}

func (unsigned) VerifySignature(_ context.Context, token string) ([]byte, error) {
	return base64.RawURLEncoding.DecodeString(strings.Split(token, ".")[1])
}

var verifier *oidc.IDTokenVerifier

func goOidc(token string) error {
	_, err := verifier.Verify(context.Background(), token)
	return err
}

func main() {
	var err error
	if secret, err = os.ReadFile(os.Args[2]); err != nil {
		panic(err)
	}
	micros, err := strconv.ParseInt(os.Args[3], 10, 64)
	if err != nil {
		panic(err)
	}
	now = time.UnixMicro(micros)
	clock := func() time.Time { return now }
	golang.TimeFunc = clock
	verifier = oidc.NewVerifier("", unsigned{}, &oidc.Config{
		SkipClientIDCheck: true, SkipIssuerCheck: true, SupportedSigningAlgs: []string{"HS256"}, Now: clock,
	})
	verify := map[string]func(string) error{
		"golang-jwt-4": golangJwt, "go-jose-2": goJose, "go-oidc-2": goOidc,
	}[os.Args[1]]
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		if err := verify(lines.Text()); err != nil {
			fmt.Printf("R %q\n", err)
		} else {
			fmt.Println("A")
		}
	}
}
