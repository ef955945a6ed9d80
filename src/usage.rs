//! What is said of a command that there is not.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::suggest;

/// Commands that are described, but that this version does not have.
const NOT_YET: &[&str] = &["dashboard", "export"];

/// Commands that a build without databases lacks.
const WITHOUT_DB: &[&str] = if cfg!(feature = "db") { &[] } else { &["dead-letters", "outbox"] };

/// The error of clap, with a suggestion only where a word is most likely a typing error.
pub(crate) fn clarified(mut error: clap::Error) -> clap::Error {
    let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidSubcommand) else { return error };
    if error.kind() != ErrorKind::InvalidSubcommand {
        return error;
    }
    let word = word.clone();
    if NOT_YET.contains(&word.as_str()) {
        error.remove(ContextKind::SuggestedSubcommand);
        let told = format!("this version of evt has no `{word}` yet");
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![told.into()]));
    } else if WITHOUT_DB.contains(&word.as_str()) {
        error.remove(ContextKind::SuggestedSubcommand);
        let told = format!("this evt was built without `{word}`: build it with the feature `db`");
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![told.into()]));
    } else if !is_near(&word, error.get(ContextKind::SuggestedSubcommand)) {
        error.remove(ContextKind::SuggestedSubcommand);
    }
    error
}

fn is_near(word: &str, suggested: Option<&ContextValue>) -> bool {
    match suggested {
        Some(ContextValue::String(one)) => suggest::nearest(word, [one.as_str()]).is_some(),
        Some(ContextValue::Strings(all)) => suggest::nearest(word, all.iter().map(String::as_str)).is_some(),
        _ => false,
    }
}
