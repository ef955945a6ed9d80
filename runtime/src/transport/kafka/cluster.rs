//! Where a cluster is first asked, and as whom.

use std::collections::BTreeSet;

use super::super::BadDestination;
use super::super::address::{Address, bad};

const PORT: u16 = 9092;
const MECHANISM: &str = "sasl.mechanism";
/// Those that need no library of their own.
const MECHANISMS: [&str; 3] = ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"];

/// A parsed address. Its password never leaves it but for the brokers.
pub(super) struct Cluster {
    scheme: String,
    /// `host:port` each.
    hosts: BTreeSet<String>,
    pub(super) login: Option<Login>,
}

pub(super) struct Login {
    pub(super) user: String,
    pub(super) password: String,
    pub(super) mechanism: &'static str,
}

impl Cluster {
    pub(super) fn parse(url: &str) -> Result<Self, BadDestination> {
        let (first, others) = apart(url);
        let first = Address::parse(&first, PORT, &[MECHANISM])?;
        if !first.path().is_empty() {
            return Err(bad("has a path: what is published where is for the topic to say".to_owned()));
        }
        let origin = first.origin();
        let (scheme, host) = origin.split_once("://").unwrap_or_default();
        let mut hosts = BTreeSet::from([host.to_owned()]);
        for other in others {
            let other = Address::parse(&format!("{scheme}://{other}"), PORT, &[])?.origin();
            hosts.insert(other.split_once("://").unwrap_or_default().1.to_owned());
        }
        Ok(Self { scheme: scheme.to_owned(), hosts, login: login(&first)? })
    }

    /// `scheme://host:port,…`. The order in which brokers are named means nothing, and so is always the same.
    pub(super) fn origin(&self) -> String {
        format!("{}://{}", self.scheme, self.hosts())
    }

    pub(super) fn hosts(&self) -> String {
        self.hosts.iter().map(String::as_str).collect::<Vec<_>>().join(",")
    }

    pub(super) fn is_secret(&self) -> bool {
        self.scheme == "kafkas"
    }
}

/// An address with its first host alone, and the other hosts.
fn apart(url: &str) -> (String, Vec<&str>) {
    let begin = url.find("://").map_or(0, |at| at + 3);
    let end = url[begin..].find(['/', '?', '#']).map_or(url.len(), |at| begin + at);
    let begin = url[begin..end].rfind('@').map_or(begin, |at| begin + at + 1);
    let mut hosts = url[begin..end].split(',');
    let first = hosts.next().unwrap_or_default();
    (format!("{}{first}{}", &url[..begin], &url[end..]), hosts.collect())
}

fn login(address: &Address) -> Result<Option<Login>, BadDestination> {
    let mechanism = mechanism(address)?;
    match (address.user(), address.password()) {
        (None, None) if mechanism.is_some() => {
            Err(bad(format!("has a `{MECHANISM}`, and neither user nor password")))
        }
        (None, None) => Ok(None),
        (Some(user), Some(password)) if !user.contains('\0') && !password.contains('\0') => {
            Ok(Some(Login { user, password, mechanism: mechanism.unwrap_or(MECHANISMS[0]) }))
        }
        (Some(_), Some(_)) => Err(bad("has NUL in user or password".to_owned())),
        _ => Err(bad("has one of user and password: both are wanted, or neither".to_owned())),
    }
}

fn mechanism(address: &Address) -> Result<Option<&'static str>, BadDestination> {
    let Some(said) = address.option(MECHANISM) else { return Ok(None) };
    let known = MECHANISMS.into_iter().find(|known| known.eq_ignore_ascii_case(&said));
    let unknown = || format!("has a `{MECHANISM}` that is not known (known: {})", MECHANISMS.join(", "));
    known.map(Some).ok_or_else(|| bad(unknown()))
}

#[cfg(test)]
mod tests {
    use super::Cluster;

    fn reason(url: &str) -> String {
        Cluster::parse(url).err().unwrap().to_string()
    }

    #[test]
    fn hosts_stand_in_one_order_and_secrets_do_not_stand_beside_them() {
        let cluster = Cluster::parse("kafkas://bella:m%2C,oo@stable,[::1]:1,barn:9093").unwrap();
        assert_eq!(cluster.origin(), "kafkas://[::1]:1,barn:9093,stable:9092");
        let login = cluster.login.unwrap();
        assert_eq!((&*login.user, &*login.password, login.mechanism), ("bella", "m,,oo", "PLAIN"));
        let same = Cluster::parse("kafkas://barn:9093,stable,[::1]:1,stable:9092").unwrap();
        assert_eq!(same.origin(), "kafkas://[::1]:1,barn:9093,stable:9092");
    }

    #[test]
    fn a_mechanism_is_one_of_three() {
        let login = Cluster::parse("kafka://u:p@barn?sasl.mechanism=scram-sha-512").unwrap().login;
        assert_eq!(login.unwrap().mechanism, "SCRAM-SHA-512");
        let known = "(known: PLAIN, SCRAM-SHA-256, SCRAM-SHA-512)";
        let unknown = format!("the destination has a `sasl.mechanism` that is not known {known}");
        assert_eq!(reason("kafka://u:p@barn?sasl.mechanism=GSSAPI"), unknown);
    }

    #[test]
    fn what_is_wrong_is_told_without_secrets() {
        assert_eq!(reason("kafka://barn,"), "the destination names no host: `kafka://HOST` is wanted");
        assert_eq!(reason("kafka://barn,b:x"), "the destination is no address: invalid port number");
        for url in [
            "kafka://bella:hay@barn/moo",
            "kafka://bella:12/moo@barn",
            "kafka://moo@barn",
            "kafka://:moo@barn",
            "kafka://bella:moo%00@barn",
            "kafka://bella:12#moo@barn,stable",
            "kafka://bella:12,moo/@barn,stable",
            "kafka://barn?sasl.mechanism=PLAIN&password=moo",
            "kafka://barn?sasl.mechanism=PLAIN",
        ] {
            assert!(!reason(url).contains("moo"), "{url}: {}", reason(url));
        }
    }
}
