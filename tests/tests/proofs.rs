//! The proof that `jwtick diagnose` prints is found in the text and adds up, in every case.
#![cfg(test)]

#[path = "../../core/tests/proofs/text.rs"]
mod text;

use std::fs;
use std::path::Path;

use jwtick_tests::{Case, diagnosed, fixture, jwtick};
use serde_json::Value;

use self::text::{Text, states, states_length};

/// The number as a count of millionths.
fn micros(number: &Value) -> Option<i64> {
    let written = number.as_number()?.to_string();
    if let Some((size, power)) = written.split_once("e-") {
        let size: Value = serde_json::from_str(size).ok()?;
        return Some(micros(&size)? / 10_i64.pow(power.parse().ok()?));
    }
    let (sign, size) = written.strip_prefix('-').map_or((1, &*written), |size| (-1, size));
    let (whole, fraction) = size.split_once('.').unwrap_or((size, ""));
    let fraction: i64 = format!("{fraction:0<6}").parse().ok()?;
    Some(sign * (whole.parse::<i64>().ok()? * 1_000_000 + fraction))
}

/// Returns `true` if the line of `premise` states it.
fn is_stated(text: &Text, premise: &Value) -> bool {
    let number = premise["line"].as_u64().unwrap();
    let line = text.line(number);
    let kind = premise["states"].as_str().unwrap();
    match (kind, micros(&premise["time_s"]), micros(&premise["length_s"])) {
        ("cached-time", Some(at), _) => {
            text.ages(number).iter().any(|age| states(line, at - age * 1_000_000, false))
        }
        (_, Some(at), _) => states(line, at, kind == "civil-stamp"),
        ("zone", ..) => !line.is_empty(),
        (_, None, Some(length)) => states_length(line, length, length),
        ("measured", ..) => {
            let end = |end: &str| micros(&premise["offset_s"][end]).unwrap();
            states_length(line, end("least"), end("most"))
        }
        _ => !line.trim().is_empty(),
    }
}

/// The sum of the statements and allowances that `sum` names.
fn added(proof: &Value, sum: &Value, end: &str) -> Option<i64> {
    let premise = |name: &str| {
        let index = usize::try_from(sum[name].as_u64()?).ok()?;
        proof["premises"].get(index)
    };
    let reference = premise("reference")?;
    let stated = match premise("local") {
        Some(local) => micros(&reference["time_s"])? - micros(&local["time_s"])?,
        None if reference["length_s"].is_number() => micros(&reference["length_s"])?,
        // The words of a refusal say which time is the earlier one.
        None if reference["states"] == "refusal" => return micros(&sum["result_s"]),
        None => micros(&reference["offset_s"][end])?,
    };
    let allowances = ["resolution_s", "delay_s", "zone_s"].map(|name| micros(&sum[name]).unwrap());
    Some(stated + allowances.iter().sum::<i64>())
}

/// The number after the last equals sign of a sum in English.
fn printed(sum: &str) -> Option<i64> {
    let (_, result) = sum.rsplit_once(" = ")?;
    let (sign, size) = result.strip_prefix('−').map_or((1, result), |size| (-1, size));
    let (number, unit) = size.split_once(' ')?;
    let number: Value = serde_json::from_str(&number.replace(',', "")).ok()?;
    let in_seconds = micros(&number)?;
    let unit = match unit {
        "s" => 1,
        "ms" => 1_000,
        "µs" => 1_000_000,
        _ => return None,
    };
    Some(sign * in_seconds / unit)
}

/// What the answers say too much or too little about assumptions and remaining readings.
fn unreserved(json: &Value, page: &str, report: &str) -> Option<String> {
    let is_open = json["cause"] == "undetermined";
    let is_likely = json["certainty"] == "likely" && !is_open;
    let is_listed = |name: &str| json[name].as_array().is_some_and(|all| !all.is_empty());
    let remains = is_listed("readings");
    let said = [page, report].iter().all(|text| text.contains(" assumes that "));
    if is_listed("assumes") != is_likely || (is_likely && !said) {
        return Some(format!("{} assumes {}", json["certainty"], json["assumes"]));
    }
    let headings = [("\nWhat remains possible\n", page), ("\n### What remains possible\n", report)];
    let is_told = |(heading, text): &(&str, &str)| text.contains(heading) == remains;
    (!headings.iter().all(is_told) || (remains && !is_open))
        .then(|| format!("{} leaves {}", json["cause"], json["readings"]))
}

fn complaint(file: &Path) -> Option<String> {
    let (json, page) = (diagnosed(file, &["--json"]).json(), diagnosed(file, &[]).stdout);
    let report = diagnosed(file, &["--report", "markdown"]).stdout;
    if let Some(complaint) = unreserved(&json, &page, &report) {
        return Some(complaint);
    }
    let proof = &json["proof"];
    let is_proven = json["certainty"] == "proven";
    let is_printed = [("\nProof\n", &page), ("\n### Proof\n", &report)]
        .iter()
        .all(|(heading, text)| text.contains(heading) == is_proven);
    if is_proven != proof.is_object() || !is_printed {
        return Some(format!("{} {proof}", json["certainty"]));
    }
    if !is_proven {
        return None;
    }
    unproven(file, &json, &page)
}

/// What is wrong with the proof of an answer.
fn unproven(file: &Path, json: &Value, page: &str) -> Option<String> {
    let proof = &json["proof"];
    let text = Text::of(&fs::read(file).unwrap());
    let premises = proof["premises"].as_array().unwrap();
    if let Some(premise) = premises.iter().find(|premise| !is_stated(&text, premise)) {
        return Some(format!("no line states {premise}"));
    }
    let sums = ["least", "most"].into_iter().filter(|end| proof[end].is_object());
    for (end, sentence) in sums.clone().zip(proof["arithmetic"].as_array().unwrap()) {
        let (sum, sentence) = (&proof[end], sentence.as_str().unwrap());
        let result = micros(&sum["result_s"]);
        let is_end = json["offset_s"].is_null() || micros(&json["offset_s"][end]) == result;
        if result.is_none() || added(proof, sum, end) != result || !is_end {
            return Some(format!("{sum} is not {end} of {}", json["offset_s"]));
        }
        if printed(sentence) != result || !page.contains(sentence) {
            return Some(format!("{sentence:?} is not {result:?}, or is not on the page"));
        }
    }
    let stated = json["offset_s"].as_object().is_some_and(|offset| {
        let is_summed = |(end, it): (&String, &Value)| it.is_null() || proof[end].is_object();
        offset.iter().all(is_summed)
    });
    let is_claim = premises.iter().any(|premise| premise["states"] == "claim");
    (!stated && !is_claim && !json["offset_s"].is_null()).then(|| "an end has no sum".to_owned())
}

#[test]
fn proof_is_found_in_the_text_in_every_own_case() {
    assert!(Case::check_all(&fixture("cases"), complaint).unwrap() > 100);
}

#[test]
fn proof_is_found_in_the_text_in_every_shared_case() {
    Case::check_shared(complaint).unwrap();
}

#[test]
fn undecided_answer_lists_what_remains_in_each_language() {
    let rows = [
        (
            "en",
            "What remains possible\n  - The local clock is ahead: this host must be synchronized.",
        ),
        (
            "de",
            "Was möglich bleibt\n  - Die lokale Uhr geht vor: Dieser Host muss synchronisiert werden.",
        ),
        ("ko", "남은 가능성\n  - 로컬 시계가 빠른 경우: 이 호스트의 시계를 동기화해야 합니다."),
    ];
    for (language, part) in rows {
        let done = jwtick(["diagnose", "--lang", language, "-"])
            .stdin("curl: (60) SSL certificate problem: certificate has expired\n")
            .run();
        assert!(done.stdout.contains(part), "{done}");
    }
}

#[test]
fn likely_answer_says_what_it_assumes_in_each_language() {
    let log = "2024-01-09T14:00:00Z POST /token\n\
        2024-01-09T14:00:00Z < HTTP/1.1 400 Bad Request\n\
        2024-01-09T14:00:00Z < date: Tue, 09 Jan 2024 14:02:10 GMT\n\
        2024-01-09T14:00:00Z < {\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}\n";
    let rows = [
        ("en", "This assumes that what was refused had just been made for this request."),
        (
            "de",
            "Das setzt voraus, dass das Abgelehnte eben erst für diese Anfrage erstellt worden war.",
        ),
        ("ko", "전제: 거부된 토큰이 이 요청을 위해 새로 발급되었음."),
    ];
    for (language, sentence) in rows {
        let done = jwtick(["diagnose", "--lang", language, "-"]).stdin(log).run();
        assert!(done.stdout.contains(sentence), "{done}");
    }
}

#[test]
fn article_s_proof_names_the_lines_of_both_clocks() {
    let file = fixture("logs/ka-10565.log");
    assert_eq!(complaint(&file), None);
    let rows = [
        (
            "en",
            "at least: line 22 server time 2017-03-03 04:29:05 UTC − line 22 timestamp without a zone 2017-02-28 18:39:51 − 1 s (resolution) − 43,200 s (time zone) = 164,953 s",
        ),
        (
            "de",
            "mindestens: Zeile 22 Serverzeit 2017-03-03 04:29:05 UTC − Zeile 22 Zeitstempel ohne Zeitzone 2017-02-28 18:39:51 − 1 s (Auflösung) − 43.200 s (Zeitzone) = 164.953 s",
        ),
        (
            "ko",
            "최소: 22행 서버 시각 2017-03-03 04:29:05 UTC − 22행 시간대 없는 타임스탬프 2017-02-28 18:39:51",
        ),
    ];
    for (language, sum) in rows {
        let words = ["diagnose".as_ref(), "--lang".as_ref(), language.as_ref(), file.as_os_str()];
        let done = jwtick(words).run();
        assert!(done.stdout.contains(sum), "{done}");
    }
}
