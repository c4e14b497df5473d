//! Parameters of a token request (RFC 6749 §3.2 and its appendix B).

use axum::http::{HeaderMap, header};

/// The parameters of one request, each there once.
pub(crate) struct Form(Vec<(String, String)>);

/// What keeps a request from being read; each is `invalid_request`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FormFault {
    /// RFC 6749 §3.2: parameters are sent as `application/x-www-form-urlencoded`.
    ContentType,
    /// RFC 6749 §3.2: "parameters MUST NOT be included more than once".
    Repeated,
}

impl FormFault {
    pub(crate) const fn words(&self) -> &'static str {
        match self {
            Self::ContentType => "content type must be application/x-www-form-urlencoded",
            Self::Repeated => "a parameter is included more than once",
        }
    }
}

impl Form {
    /// Reads the content of a request.
    ///
    /// # Errors
    /// [`FormFault`] names the demand of RFC 6749 that is not met.
    pub(crate) fn read(headers: &HeaderMap, content: &[u8]) -> Result<Self, FormFault> {
        if !is_form(headers) {
            return Err(FormFault::ContentType);
        }
        let mut parameters: Vec<(String, String)> = vec![];
        for (name, value) in form_urlencoded::parse(content) {
            if parameters.iter().any(|(known, _)| *known == name) {
                return Err(FormFault::Repeated);
            }
            parameters.push((name.into_owned(), value.into_owned()));
        }
        Ok(Self(parameters))
    }

    /// A parameter. RFC 6749 §3.2: one "sent without a value MUST be treated as if omitted".
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }
}

fn is_form(headers: &HeaderMap) -> bool {
    let named = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = named.and_then(|value| value.split(';').next()).unwrap_or_default();
    essence.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn reads_what_rfc_6749_allows() {
        use FormFault::{ContentType, Repeated};
        type Row = (
            &'static str,
            Option<&'static str>,
            &'static str,
            Result<Option<&'static str>, FormFault>,
        );
        const FORM: Option<&str> = Some("application/x-www-form-urlencoded");
        const UTF8: Option<&str> = Some("Application/x-www-form-urlencoded; charset=UTF-8");
        const ROWS: &[Row] = &[
            ("a value", FORM, "b=1&a=x%20y+z", Ok(Some("x y z"))),
            ("with a charset", UTF8, "a=x", Ok(Some("x"))),
            ("without a value", FORM, "a=", Ok(None)),
            ("without the name", FORM, "b=1", Ok(None)),
            ("empty", FORM, "", Ok(None)),
            ("twice", FORM, "a=1&a=1", Err(Repeated)),
            ("twice, once escaped", FORM, "a=1&%61=2", Err(Repeated)),
            ("JSON", Some("application/json"), "{}", Err(ContentType)),
            ("no type", None, "a=1", Err(ContentType)),
        ];
        for (name, kind, content, expected) in ROWS {
            let kind = kind.map(|kind| (header::CONTENT_TYPE, HeaderValue::from_static(kind)));
            let read = Form::read(&kind.into_iter().collect(), content.as_bytes());
            let read = read.as_ref().map(|form| form.get("a")).map_err(FormFault::clone);
            assert_eq!(read, *expected, "{name}");
        }
    }
}
