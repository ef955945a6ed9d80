use crate::fingerprint::json_string;
use crate::visible::visible_json;

/// An object on a line of its own, with its keys in the order in which they are given.
pub(crate) struct JsonLine(String);

impl JsonLine {
    pub(crate) fn new() -> Self {
        Self(String::from("{"))
    }

    /// What an action did, or would do.
    pub(crate) fn action(name: &str, dry_run: bool) -> Self {
        Self::new().text("action", name).truth("dry_run", dry_run)
    }

    /// Adds a value that is JSON already.
    pub(crate) fn json(mut self, key: &str, json: &str) -> Self {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        json_string(&mut self.0, key);
        self.0.push(':');
        self.0.push_str(json);
        self
    }

    pub(crate) fn text(self, key: &str, text: &str) -> Self {
        self.json(key, &quoted(text))
    }

    /// Adds a text, or leaves the key out.
    pub(crate) fn optional_text(self, key: &str, text: Option<&str>) -> Self {
        match text {
            Some(text) => self.text(key, text),
            None => self,
        }
    }

    pub(crate) fn number(self, key: &str, number: impl Into<i128>) -> Self {
        self.json(key, &number.into().to_string())
    }

    pub(crate) fn truth(self, key: &str, truth: bool) -> Self {
        self.json(key, if truth { "true" } else { "false" })
    }

    pub(crate) fn texts<'t>(self, key: &str, texts: impl Iterator<Item = &'t str>) -> Self {
        let quoted: Vec<String> = texts.map(quoted).collect();
        self.json(key, &format!("[{}]", quoted.join(",")))
    }

    /// The line, with its end.
    pub(crate) fn finish(self) -> String {
        format!("{}}}\n", visible_json(&self.0))
    }
}

fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    json_string(&mut out, text);
    out
}
