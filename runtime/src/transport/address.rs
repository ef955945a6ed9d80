//! The address of a broker: what of it may be shown, and what may not.

use url::Url;

use super::{BadDestination, percent};

/// A parsed address. Its user and its password never leave it but for the broker.
pub(crate) struct Address {
    url: Url,
    port: u16,
}

impl Address {
    /// Reads an address; `known` are the options that may stand behind its `?`.
    pub(crate) fn parse(text: &str, port: u16, known: &[&str]) -> Result<Self, BadDestination> {
        let url = Url::parse(text).map_err(|error| bad(format!("is no address: {error}")))?;
        if url.host_str().is_none_or(str::is_empty) {
            return Err(bad(format!("names no host: `{}://HOST` is wanted", url.scheme())));
        }
        // Such as half a password, which must not be taken for something that may be shown.
        if url.fragment().is_some() || url[url::Position::BeforePath..].contains('@') {
            let text = "has `@` or `#` where they cannot stand: in user and password, `/`, `?`, `#` and `@` are percent-encoded";
            return Err(bad(text.to_owned()));
        }
        if let Some((option, _)) = url.query_pairs().find(|(option, _)| !known.contains(&option.as_ref())) {
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            return Err(bad(format!("has the option `{option}`, which is not known (known: {known})")));
        }
        let port = url.port().unwrap_or(port);
        Ok(Self { url, port })
    }

    /// `scheme://host:port`.
    pub(crate) fn origin(&self) -> String {
        format!("{}://{}:{}", self.url.scheme(), self.url.host_str().unwrap_or_default(), self.port)
    }

    pub(crate) fn user(&self) -> Option<String> {
        Some(decoded(self.url.username())).filter(|user| !user.is_empty())
    }

    pub(crate) fn password(&self) -> Option<String> {
        self.url.password().map(decoded)
    }
}

#[cfg(feature = "amqp")]
impl Address {
    /// The host, an IPv6 address without brackets.
    pub(crate) fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default().trim_matches(['[', ']'])
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }
}

#[cfg(any(feature = "amqp", feature = "kafka", feature = "redis"))]
impl Address {
    /// What stands behind the first `/`; empty where nothing does.
    pub(crate) fn path(&self) -> &str {
        self.url.path().trim_start_matches('/')
    }

    /// An option behind the `?`.
    pub(crate) fn option(&self, name: &str) -> Option<String> {
        let mut options = self.url.query_pairs();
        options.find(|(option, _)| option == name).map(|(_, value)| value.into_owned())
    }
}

pub(crate) fn bad(reason: String) -> BadDestination {
    BadDestination { reason }
}

/// Text with `%` and two hexadecimal digits in the place of what an address cannot hold.
pub(crate) fn decoded(text: &str) -> String {
    String::from_utf8_lossy(&percent::decoded(text)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::Address;

    fn address(text: &str) -> Address {
        Address::parse(text, 4222, &["maxlen"]).unwrap()
    }

    fn reason(text: &str) -> String {
        let parsed = Address::parse(text, 4222, &["maxlen"]);
        parsed.err().unwrap().to_string()
    }

    #[test]
    fn secrets_do_not_stand_in_the_origin() {
        let address = address("nats://bella:m%2Foo@barn:14222/hay?maxlen=7");
        assert_eq!(address.origin(), "nats://barn:14222");
        assert_eq!((address.user().unwrap(), address.password().unwrap()), ("bella".into(), "m/oo".into()));
    }

    #[test]
    fn a_port_need_not_be_given() {
        assert_eq!(address("nats://[::1]").origin(), "nats://[::1]:4222");
        assert_eq!(address("nats://barn").user(), None);
    }

    #[test]
    fn what_is_wrong_with_an_address_is_told_without_its_secrets() {
        assert_eq!(reason("nats:///hay"), "the destination names no host: `nats://HOST` is wanted");
        let unknown = "the destination has the option `maxlne`, which is not known (known: maxlen)";
        assert_eq!(reason("nats://bella:moo@barn?maxlne=7"), unknown);
        for url in ["nats://bella:12/moo@barn", "nats://bella:12?moo@barn", "nats://bella:12#moo@barn"] {
            assert!(!reason(url).contains("moo"), "{url}");
        }
        assert_eq!(reason("nats://bella:moo@barn:hay"), "the destination is no address: invalid port number");
    }
}
