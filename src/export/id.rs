//! The URIs by which schemas are known: the `CloudEvents` source of the project, then the event and its version.

use std::fmt::Write as _;

use crate::schema::Version;

/// What stands before a source that is no absolute URI.
const PREFIX: &str = "urn:evt";

/// What the URIs of a project begin with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ids {
    base: String,
    separator: char,
}

impl Ids {
    /// Those of a source: `urn:evt:farm` gives `urn:evt:farm:cow_fed:2`, `https://farm.example/events` gives
    /// `https://farm.example/events/cow_fed/2`. What is no absolute URI stands behind `urn:evt:`.
    pub(crate) fn of(source: Option<&str>) -> Self {
        let source = source.unwrap_or_default().trim_end_matches([':', '/', '#', '?']);
        let base = if is_absolute(source) {
            encoded(source, is_allowed)
        } else {
            let relative = encoded(source.trim_start_matches('/'), is_allowed);
            if relative.is_empty() { PREFIX.to_owned() } else { format!("{PREFIX}:{relative}") }
        };
        let separator = if base.contains('/') { '/' } else { ':' };
        Self { base, separator }
    }

    /// That of the project itself.
    pub(crate) fn project(&self) -> &str {
        &self.base
    }

    /// That of a document with all schemas.
    pub(crate) fn bundle(&self) -> String {
        format!("{}{}events", self.base, self.separator)
    }

    /// That of a version.
    pub(crate) fn version(&self, version: &Version) -> String {
        let Self { base, separator } = self;
        let name = encoded(&version.contract.event_name, is_unreserved);
        format!("{base}{separator}{name}{separator}{}", version.number)
    }
}

/// A key as a part of a JSON pointer in the fragment of a URI (RFC 6901, section 6).
pub(crate) fn pointer_part(key: &str) -> String {
    let escaped = key.replace('~', "~0").replace('/', "~1");
    encoded(&escaped, |byte| is_unreserved(byte) || byte == b'@')
}

/// Text in which all bytes but those that are kept are percent-encoded.
pub(crate) fn encoded(text: &str, is_kept: fn(u8) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, byte) in text.bytes().enumerate() {
        let is_code = byte == b'%' && is_kept(b'%') && is_hex(text.as_bytes(), at + 1);
        if is_code || (byte != b'%' && is_kept(byte)) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

fn is_hex(bytes: &[u8], at: usize) -> bool {
    bytes.get(at..at + 2).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
}

/// RFC 3986, section 2.3.
pub(crate) fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}

/// What a URI without a fragment may hold behind its scheme; a percent sign stands for itself only before two digits.
fn is_allowed(byte: u8) -> bool {
    is_unreserved(byte) || b":/?@!$&'()*+,;=%".contains(&byte)
}

/// Whether a text begins as an absolute URI does (RFC 3986, section 4.3), with a host that needs no further look.
fn is_absolute(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    let Some(behind) = rest.strip_prefix("//") else { return is_scheme && !rest.is_empty() };
    let authority = behind.split(['/', '?', '#']).next().unwrap_or_default();
    let (host, port) = authority.split_once(':').unwrap_or((authority, ""));
    is_scheme
        && !host.is_empty()
        && host.bytes().all(is_unreserved)
        && port.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::farm;

    fn ids(source: &str) -> [String; 2] {
        let ids = Ids::of(Some(source));
        [ids.bundle(), ids.version(farm().latest("cow_fed").unwrap())]
    }

    #[test]
    fn a_version_is_known_by_the_source_of_its_project() {
        let known = [
            ("urn:evt:farm", "urn:evt:farm:events", "urn:evt:farm:cow_fed:2"),
            ("https://farm.example/", "https://farm.example/events", "https://farm.example/cow_fed/2"),
            ("/farm/barn", "urn:evt:farm/barn/events", "urn:evt:farm/barn/cow_fed/2"),
            ("farm", "urn:evt:farm:events", "urn:evt:farm:cow_fed:2"),
            ("", "urn:evt:events", "urn:evt:cow_fed:2"),
        ];
        for (source, bundle, version) in known {
            assert_eq!(ids(source), [bundle, version], "{source}");
        }
    }

    #[test]
    fn what_no_uri_holds_is_encoded() {
        assert_eq!(Ids::of(Some("urn:a b#%é%41")).project(), "urn:a%20b%23%25%C3%A9%41");
        assert_eq!(Ids::of(Some("https://[::1]:x/")).project(), "urn:evt:https://%5B::1%5D:x");
        assert_eq!(Ids::of(Some("//")).project(), "urn:evt");
        assert_eq!(pointer_part("a/b~c@2 %"), "a~1b~0c@2%20%25");
    }
}
