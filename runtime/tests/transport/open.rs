//! Where addresses lead.

use evt_runtime::transport::{Topic, open};

fn destination(url: &str) -> String {
    match open(url, &Topic::default()) {
        Ok(transport) => transport.destination(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn an_address_leads_to_its_transport() {
    assert_eq!(destination("stdout:"), "stdout:");
    assert_eq!(destination("file:/var/lib/events.ndjson"), "file:/var/lib/events.ndjson");
    assert_eq!(destination("file:///var/lib/events.ndjson"), "file:/var/lib/events.ndjson");
    let here = std::env::current_dir().unwrap();
    assert_eq!(destination("file:events.ndjson"), format!("file:{}", here.join("events.ndjson").display()));
}

#[cfg(feature = "http")]
#[test]
fn a_webhook_is_shown_without_its_secrets() {
    let shown = destination("https://anna:hunter2@farm.example:8443/hooks?key=s3cret&t0ken#top");
    assert_eq!(shown, "https://farm.example:8443/hooks?key=***&***");
}

#[test]
fn an_address_that_leads_nowhere_is_told_without_repeating_it() {
    assert_eq!(destination("nowhere"), "the destination has no scheme, such as `https:`");
    assert_eq!(destination("stdout:x"), "the destination is `stdout:` alone, with nothing behind it");
    assert!(destination("file:").starts_with("the destination names no file"));
    let elsewhere = "the destination names a file of another machine: write `file:PATH`";
    assert_eq!(destination("file://farm/events.ndjson"), elsewhere);
    #[cfg(feature = "http")]
    assert_eq!(destination("http://anna:hunter2@:80"), "the destination is no URL: empty host");
}
