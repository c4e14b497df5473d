//! Notes on the commands for clocks.

use super::{Network, Notes, ORDINARY};
use crate::exit::Exit;

const OF_A_CAUSE: &[Exit] =
    &[Exit::Done, Exit::Failed, Exit::Usage, Exit::ClockFault, Exit::Undetermined];

pub(in crate::manual) const COMMANDS: &[Notes] = &[
    Notes {
        title: "jwtick-diagnose",
        description: &[
            "Reads logs, transcripts and error bodies of any size, plain or compressed with gzip or zstd, \
             and reports why a call failed: a wrong clock (whose, and by how much), a wrong time zone, \
             a late request, a token that simply expired, or a cause unrelated to time.",
            "A timestamp without a time zone can mean any instant from UTC-12 to UTC+14, unless the log \
             reveals its zone or --tz names it.",
            "A finding without the word \"likely\" is proven: it holds in every time zone, for every delay and \
             for every reading of the text. Its proof is printed, so that you can check it with the log alone \
             (`proof` in JSON). A likely finding says what it assumes (`assumes`); an undetermined one lists \
             the readings that remain (`readings`) and the command that decides (`decider`).",
            "The causes are local-clock, clock-unset, time-zone, remote-clock, peer-clocks, expired, \
             late-request, units, lifetime, not-clock, server-certificate and undetermined. Refusals are \
             known by the messages of many products, and otherwise by their words, in eight languages.",
            "Each line of evidence names its author: jwtick itself, a time service, the program that \
             wrote the log, the other side of the exchange, or a requester. A requester chooses request \
             lines, header fields, user names and bodies, so such words are shown but never counted.",
            "Prints one answer per input. If an input cannot be read, an error is reported and the others \
             are still read. The exit status is the most severe of all inputs.",
            "If an input ends too early, is damaged or stops being readable, the part before that is \
             diagnosed, with a warning and, in JSON, the member `incomplete`. The exit status is then 1, \
             unless that part proves a clock fault (20).",
            "UTF-8 and UTF-16 are read, with or without a byte order mark. Other content (xz, bzip2, zip, tar, \
             pcap and others) is not read; the error message names the command that makes a text of it.",
            "--since and --until limit the lines by the times of their records. A line without a timestamp \
             belongs to the record before it; lines before the first timestamp are left out. A timestamp \
             without a zone is taken in the zone of --tz, or as UTC, and one without a year in the year \
             nearest to the record before it, or to the time at which the file was last written. Line \
             numbers stay those of the file. If no line is left, the answer names the times that the log \
             covers.",
            "--follow waits for more at the end of the log, also after it was rotated or cut. It answers as soon as \
             a cause is likely or proven, and whenever the answer changes, at most once a second. Without \
             --follow, a pipe that pauses for 2 seconds is answered in the same way, unless --json, --summary \
             or --report asks for one answer. Once a pipe or a log that is followed has a first byte, SIGINT \
             and SIGTERM print what is known, and the exit status is that of this answer.",
            "Several inputs are related by the requests that two of them show: lines with the same request ID, \
             correlation ID, trace, jti or token. The client's line that sends a request is written before \
             those of the server, and the server's line about its arrival before the client's line about the \
             answer, apart from a second that a server may take to log it. Both bound the difference of the \
             clocks. A line counts only if it has a timestamp of its own; a client is known by words such as \
             `POST https://` or `sending`. An identifier that is sent twice, or seen for more than 30 seconds, \
             does not count. A sample of at most 4,096 requests is kept of each of the first 8 inputs. \
             Requests that contradict each other are reported as such.",
            "--summary prints one line per host, at most 16 for each input. The host with most refusals comes \
             first; among equals, the one whose clock is certainly off by most, whatever the time zone. A \
             cause is printed for the host that the answer is about.",
            "--report markdown prints the answer for a ticket: finding, certainty, evidence, clocks, remedies, \
             the command that gives this answer, and the version. It has no HTML, and words of the log only \
             in code.",
            "Lines are quoted without what is, by its name or its look, a password, a token or a key.",
        ],
        done: "No clock is at fault.",
        exits: OF_A_CAUSE,
        network: Network::LeftAlone,
        examples: &[
            (
                "Read a log whose timestamps are in Berlin time:",
                "jwtick diagnose --tz Europe/Berlin agent.log",
            ),
            (
                "Watch a log, and print a JSON object whenever the answer changes:",
                "jwtick diagnose --follow --json agent.log",
            ),
            (
                "Relate the clocks of a client and its server:",
                "jwtick diagnose client.log server.log",
            ),
            (
                "List the hosts of central logs for the last two hours, the most harmed first:",
                "jwtick diagnose --summary --since -2h fleet.log more.log",
            ),
            ("Write a report for a ticket:", "jwtick diagnose --report markdown agent.log"),
            (
                "Read the journal of a service and print JSON:",
                "journalctl -u agent | jwtick diagnose --json",
            ),
        ],
    },
    Notes {
        title: "jwtick-clock",
        description: &[
            "Queries time servers over NTP and web servers for their Date header. Reports the offset of \
             this host's clock with its bounds, and which of several servers disagrees. Plain NTP and \
             Date are not authenticated, so the answer states how many sources support it. The \
             certificate of an https server is checked at a time that does not come from this host's \
             clock.",
            "Sources that are one host count as one, whatever their names, ports and protocols: a host \
             is known by the addresses that answered and by its name. Redirects are followed only \
             within the host that was named, unless --follow is given, and never to link-local \
             addresses. The source `os` counts together with the server that its daemon follows. A host that \
             contradicts itself supports no time. Two addresses of one host look like two hosts, unless a \
             name has both.",
            "Without servers on the command line and in jwtick.toml, contacts none. It reports what this host \
             shows about its clock: the report of its time service (chronyd, ntpd, systemd-timesyncd or Windows Time), what \
             that told the kernel, the hardware clock, the time zone, suspension, and whether it is a container or a virtual machine. \
             The exit status is then 0 if the time service reports the clock right to within --max-offset, 20 \
             if it reports a larger offset or the clock was never set, and 21 if nothing is known. None of \
             this is confirmed by another host.",
            "With --format nagios, limits that differ by direction are written as AHEAD:BEHIND, and positive \
             numbers are behind: --warn -1s:5s warns from 1 s ahead and from 5 s behind. If no source gave \
             the time, the line states the reason of the first. With --format prometheus, the exit status is 0 \
             once the metrics are written, whatever the verdict.",
            "With --step, sets the clock if at least two hosts agree and no time daemon is running. It \
             moves the clock by a day at most, unless an https source agrees or --max-step allows more.",
        ],
        done: "The clock is right to within --max-offset. With --format nagios: OK.",
        exits: &[
            Exit::Done,
            Exit::Failed,
            Exit::Usage,
            Exit::ClockFault,
            Exit::Undetermined,
            Exit::PluginWarning,
            Exit::PluginCritical,
            Exit::PluginUnknown,
        ],
        network: Network::Asked,
        examples: &[
            ("Show what this host itself knows, without a server:", "jwtick clock"),
            (
                "Use NTP and a web server:",
                "jwtick clock --ntp ntp1.example --http https://example.com",
            ),
            ("Measure the drift:", "jwtick clock --ntp ntp1.example --watch 30s"),
            (
                "Check from a monitoring system:",
                "jwtick clock --ntp ntp1.example --format nagios --warn 1s --crit 1m",
            ),
            ("Set the clock:", "sudo jwtick clock --ntp ntp1.example --ntp ntp2.example --step"),
        ],
    },
    Notes {
        title: "jwtick-probe",
        description: &[
            "Creates an assertion, exchanges it for an access token and sends that to a receiver, as a \
             client of the service does. If a request is rejected, the log of the test is diagnosed; \
             jwtick-diagnose(1) gives the same answer for the log file. Secrets and tokens are never \
             shown, even if a server repeats them. Only the owner can read a new log file.",
            "--from takes the JSON file of a service account: of Google (client_email, token_uri and \
             private_key), or of Adobe for AEM as a Cloud Service (integration). Options override its \
             members.",
            "--from also takes the log of a token request. The last assertion in it gives the claims, their \
             lifetime, the algorithm and the key ID, even if its signature is masked; request lines, URLs and \
             parameters give the token endpoint, client_id and scope. Standard error shows what was taken from \
             which line, and what the log lacks. A log may hold the words of a stranger: the test sends an \
             assertion to an endpoint that only the log names if its audience is on that server, and never \
             uses a secret of the log.",
            "Before the test, the token endpoint is asked for the time: one HEAD request and three GET requests \
             as a rule, and at most eight if its Date does not advance. JSON states their number \
             (time_requests). Without --ntp, the time service of this host (chronyd, ntpd or \
             systemd-timesyncd) is asked which of the two clocks is wrong, unless the token endpoint is on \
             this host.",
            "The log is English in every language, because jwtick-diagnose(1) reads it.",
            "Before a server gets a secret, its certificate must be valid by the clock of this host, or by \
             the --ntp servers if they answer. If the certificate is valid only by the server's own Date, \
             --trust-server-date lets that decide. If the clock of this host was never set, Date decides \
             without the option. Secrets are sent over plain http to another host only with --insecure.",
            "With --correct, a rejected test is repeated with the time of the token endpoint, unless a \
             server of --ntp contradicts it. Beyond --max-correction, which is a day by default, one of \
             them must confirm it. Servers on the host of the token endpoint, and further names of one \
             host, do not count.",
            "The exit status is 20 even if the connection works with --correct, because it fails without \
             it. It is also 20 if --repeat finds servers behind one name whose clocks differ, whether \
             or not any run was rejected.",
        ],
        done: "The connection works.",
        exits: OF_A_CAUSE,
        network: Network::Asked,
        examples: &[
            (
                "Test the connection in agent.toml and save the log:",
                "jwtick probe agent.toml --transcript test.log",
            ),
            (
                "Test with the file of a service account of Google:",
                "jwtick probe --from account.json --claim scope=https://www.googleapis.com/auth/devstorage.read_only",
            ),
            (
                "Repeat the token request that a log shows:",
                "jwtick probe --from app.log --key private.pem",
            ),
            (
                "Test a server while the clock of this host is years off:",
                "jwtick probe agent.toml --ntp ntp1.example",
            ),
            (
                "Run twenty times, to reach every server behind the name:",
                "jwtick probe agent.toml --repeat 20",
            ),
        ],
    },
    Notes {
        title: "jwtick-rehearse",
        description: &[
            "Plays both sides of a connection on loopback: an agent whose clock is wrong, the rejection, \
             its diagnosis, and a second test with the correct time, which succeeds. No clock is set.",
        ],
        done: "The rehearsal ran, and the fix worked.",
        exits: ORDINARY,
        network: Network::LeftAlone,
        examples: &[("Simulate a clock that is an hour ahead:", "jwtick rehearse --offset -1h")],
    },
    Notes {
        title: "jwtick-serve",
        description: &[
            "Decides for a reverse proxy whether a request may pass: the proxy sends each request to /verify \
             (nginx auth_request, Caddy forward_auth, Traefik ForwardAuth, Envoy ext_authz). A request with a \
             good token gets a 200 with identity headers; others get a 401 or 403 with the challenge of RFC \
             6750. A 503 means that the service cannot tell, because it has no keys or its clock is not known \
             well enough. An issuer is given by options, or several by [[serve.issuer]] in jwtick.toml(5).",
            "The first line on standard output lists the addresses. The log is on standard error: a JSON \
             object for each verdict, with its reason, the margins of the dates, and the least leeway that \
             would have let a token pass. It holds no token, signature or query. Verdicts of one kind that \
             come faster than ten a second are counted.",
            "SIGHUP reads the configuration and the keys again and puts them in force, all or none. SIGINT \
             and SIGTERM end the service after the requests that have begun. /healthz says that it runs, and \
             /readyz whether it can decide, with reasons.",
        ],
        done: "Stopped by a signal, or --check found no fault.",
        exits: ORDINARY,
        network: Network::Asked,
        examples: &[
            (
                "Protect an API behind a proxy on the same host:",
                "jwtick serve --key login.jwks.json --issuer https://login.example --aud https://api.example",
            ),
            (
                "Show the policies of a configuration file:",
                "jwtick serve --config jwtick.toml --check",
            ),
        ],
    },
    Notes {
        title: "jwtick-page",
        description: &[
            "Serves jwtick.html, which diagnoses logs and reads tokens in a browser. The page can also be \
             opened as a file; this command is for browsers that may not open files. The first line on \
             standard output is its address. Stops on SIGINT or SIGTERM.",
            "Nothing that is entered on the page leaves the browser: the policy in the page forbids all use \
             of the network.",
        ],
        done: "Stopped by a signal.",
        exits: ORDINARY,
        network: Network::LeftAlone,
        examples: &[
            ("Serve the page of the package:", "jwtick page"),
            ("Serve a file at a fixed port:", "jwtick page --listen 127.0.0.1:8000 jwtick.html"),
        ],
    },
    Notes {
        title: "jwtick-stand-in",
        description: &[
            "Runs an authorization server and a receiver on loopback, whose clock can be wrong, drift, \
             jump or stop. The first line on standard output lists the addresses; each request is \
             logged as one line on standard error. Stops on SIGINT or SIGTERM.",
            "For tests only: every client that can reach it gets tokens, and its keys are discarded when \
             it stops.",
        ],
        done: "Stopped by a signal.",
        exits: ORDINARY,
        network: Network::LeftAlone,
        examples: &[(
            "Simulate a server that is more than two days ahead:",
            "jwtick stand-in --key joe=joe.pub.pem --offset 2d9h49m14s",
        )],
    },
];
