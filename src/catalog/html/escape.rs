use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

/// Text as HTML, between tags or in a quoted attribute.
pub(super) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

/// JSON with the same values, which no parser of HTML takes for the end of a script or the start of a comment.
pub(super) fn in_script(json: &str) -> String {
    json.replace('<', "\\u003c")
}

/// The SHA-256 of a text as a content security policy names it.
pub(super) fn digest(text: &str) -> String {
    STANDARD.encode(Sha256::digest(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_a_tag_or_ends_an_attribute() {
        assert_eq!(text("<a href=\"x\">'&amp;"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;amp;");
    }

    #[test]
    fn json_in_a_script_has_the_same_value() {
        let json = r#"["</script><!-- <script>"]"#;
        let safe = in_script(json);
        assert!(!safe.contains('<'));
        let values = [json, &safe].map(|text| serde_json::from_str::<serde_json::Value>(text).unwrap());
        assert_eq!(values[0], values[1]);
    }

    #[test]
    fn a_digest_is_that_of_the_policy() {
        // The example of Content Security Policy Level 3, "Usage of hash-source".
        assert_eq!(digest("alert('Hello, world.');"), "qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=");
    }
}
