//! The smaller tables of `jwtick serve` in the file, `[[serve.client]]` and `[[serve.issuer.route]]`, and
//! the types of values that only its tables have.

use std::borrow::Cow;
use std::path::PathBuf;

use http::HeaderName;
use jwtick_core::token::Algorithm;
use toml::Spanned;

use super::error::{Fault, Located, Type, shown_name};
use super::table::{Key, Met, Value, keep, mismatch, read, text, texts};
use crate::http::client::{Target, UrlFault, without_credentials};
use crate::keys::{self, SUPPORTED};
use crate::serve::{Caller, Identity, Route};
use crate::verification::Condition;

/// A client of the introspection endpoint, while its table is read.
#[derive(Default)]
pub(crate) struct CallerTable {
    id: Option<String>,
    secret_file: Option<PathBuf>,
}

pub(super) const CLIENT: &[Key<CallerTable>] = &[
    Key {
        name: "id",
        kind: "text",
        default: "none",
        example: r#""gateway""#,
        meaning: "Name of a client that may ask /introspect.",
        put: |client, value| {
            let id = text(value.value)?;
            if id.is_empty() || !id.bytes().all(|it| it.is_ascii_graphic() && it != b':') {
                return Err(value.like(id, "gateway"));
            }
            client.id = Some(id.to_owned());
            Ok(())
        },
    },
    Key {
        name: "secret-file",
        kind: "file name",
        default: "none",
        example: r#""/etc/jwtick/gateway.secret""#,
        meaning: "File with the secret of that client; a final line break does not count.",
        put: |client, value| {
            keep(&mut client.secret_file, text(value.value).map(|it| Some(it.into())))
        },
    },
];

pub(super) const ROUTE: &[Key<Route>] = &[
    Key {
        name: "path",
        kind: "path",
        default: "none",
        example: r#""/orders/*""#,
        meaning: "Path of the original request, or the start of paths if it ends in *. A request needs the \
                  scopes of every route that it fits.",
        put: |route, value| {
            let path = text(value.value)?;
            let star = path.find('*').is_some_and(|at| at.saturating_add(1) != path.len());
            if !path.starts_with('/') || star {
                return Err(value.like(path, "/orders/*"));
            }
            route.path = path.to_owned();
            Ok(())
        },
    },
    Key {
        name: "methods",
        kind: "list of methods",
        default: "all",
        example: r#"["POST", "PUT"]"#,
        meaning: "Methods that the route is for.",
        put: |route, value| keep(&mut route.methods, names(value)),
    },
    Key {
        name: "scopes",
        kind: "list of texts",
        default: "none",
        example: r#"["orders:write"]"#,
        meaning: "Scopes that a request needs, in addition to those of the issuer.",
        put: |route, value| keep(&mut route.scopes, scopes(value)),
    },
];

/// Reads the table of a client.
pub(super) fn client(value: Value<'_>) -> Result<Caller, Located> {
    let mut table = CallerTable::default();
    read(value.table()?, &[CLIENT], &mut table, value.text)?;
    let caller = table.id.zip(table.secret_file);
    let caller = caller.map(|(id, secret_file)| Caller { id, secret_file });
    caller.ok_or_else(|| Fault::Missing { keys: "id and secret-file" }.at(value.start()))
}

/// Reads the table of a route.
pub(super) fn route(value: Value<'_>) -> Result<Route, Located> {
    let mut route = Route { path: String::new(), methods: vec![], scopes: vec![] };
    read(value.table()?, &[ROUTE], &mut route, value.text)?;
    if route.path.is_empty() || route.scopes.is_empty() {
        return Err(Fault::Missing { keys: "path and scopes" }.at(value.start()));
    }
    Ok(route)
}

impl Value<'_> {
    /// The offset of its first byte.
    pub(super) fn start(&self) -> usize {
        self.value.span().start
    }

    /// The fault of a text that cannot be used.
    pub(super) fn like(&self, met: &str, like: &'static str) -> Located {
        Fault::Text { met: shown_name(met), like }.at(self.start())
    }
}

pub(super) fn target(url: &str, value: &Value<'_>) -> Result<Target, Located> {
    let met = || without_credentials(url);
    let refuse =
        |fault: UrlFault| Fault::Url { met: met(), fault: fault.to_string() }.at(value.start());
    Target::parse(url).map_err(refuse)
}

pub(super) fn names(value: Value<'_>) -> Result<Vec<String>, Located> {
    Ok(texts(value.value)?.into_iter().map(str::to_owned).collect())
}

pub(super) fn scopes(value: Value<'_>) -> Result<Vec<String>, Located> {
    // RFC 6749 §3.3.
    let valid = |byte: u8| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\';
    let scopes = texts(value.value)?;
    match scopes.iter().find(|scope| scope.is_empty() || !scope.bytes().all(valid)) {
        Some(scope) => Err(value.like(scope, "orders:write")),
        None => names(value),
    }
}

pub(super) fn algorithms(value: Value<'_>) -> Result<Vec<Algorithm>, Located> {
    let algorithm = |name: &str| {
        keys::algorithm(name).map_err(|_| {
            let known = SUPPORTED.map(Algorithm::name).join(", ");
            Fault::Algorithm { met: shown_name(name), known }.at(value.start())
        })
    };
    texts(value.value)?.into_iter().map(algorithm).collect()
}

pub(super) fn conditions(value: Value<'_>) -> Result<Vec<Condition>, Located> {
    let condition = |text: &str| {
        let pair = text.split_once('=').map(|(claim, value)| Condition::new(claim, value));
        pair.ok_or_else(|| value.like(text, "role=admin"))
    };
    texts(value.value)?.into_iter().map(condition).collect()
}

pub(super) fn identity(value: Value<'_>) -> Result<Vec<Identity>, Located> {
    let table = value.table()?;
    let header = |(name, claim): (&Spanned<Cow<'_, str>>, Met<'_>)| {
        let name = name.get_ref();
        let header = HeaderName::from_bytes(name.as_bytes()).ok();
        let header = header.filter(Identity::may_be);
        let refuse = || Fault::Header { met: shown_name(name) }.at(value.start());
        let claim = claim.get_ref().as_str().ok_or_else(|| mismatch(claim, Type::Text))?;
        Ok(Identity { header: header.ok_or_else(refuse)?, claim: claim.to_owned() })
    };
    table.iter().map(header).collect()
}
