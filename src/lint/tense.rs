//! English, as far as the names of events go: whether a word is in the past tense.

/// Whether a name ends in a word of the past tense, `cow_fed`, or in such a word and a particle, `user_signed_up`.
pub(super) fn is_past(name: &str) -> bool {
    let mut words = name.rsplit('_');
    let last = words.next().unwrap_or(name);
    is_past_word(last) || PARTICLES.contains(&last) && words.next().is_some_and(is_past_word)
}

fn is_past_word(word: &str) -> bool {
    let is_present = |word: &str| PRESENT.contains(&word);
    let is_regular =
        word.ends_with("ed") && !is_present(word) && !word.strip_prefix("re").is_some_and(is_present);
    is_regular || is_irregular(word)
}

/// Whether a word, less its prefix, is an irregular form: `sent`, `resent`, `overpaid`.
fn is_irregular(word: &str) -> bool {
    let is_listed = |word: &str| IRREGULAR.binary_search(&word).is_ok();
    is_listed(word) || PREFIXES.iter().any(|prefix| word.strip_prefix(prefix).is_some_and(is_listed))
}

/// What a verb may end with: `signed_up`, `shut_down`.
const PARTICLES: &[&str] = &["away", "back", "down", "in", "off", "on", "out", "over", "through", "up"];

/// What a verb may begin with: `rebuilt`, `undone`, `withdrawn`.
const PREFIXES: &[&str] = &["fore", "mis", "over", "pre", "re", "un", "under", "up", "with"];

/// Words that end in `ed` and are no past tense.
const PRESENT: &[&str] = &[
    "bed", "bleed", "breed", "creed", "deed", "embed", "exceed", "feed", "greed", "heed", "hundred",
    "indeed", "kindred", "need", "proceed", "red", "reed", "sacred", "seed", "shred", "sled", "speed",
    "steed", "succeed", "weed",
];

/// Past tenses and past participles that do not end in `ed`, sorted.
#[rustfmt::skip]
const IRREGULAR: &[&str] = &[
    "ate", "beaten", "became", "become", "began", "begun", "bent", "bitten", "blew", "blown", "bore",
    "born", "borne", "bought", "broke", "broken", "brought", "built", "burnt", "burst", "came", "caught",
    "chose", "chosen", "clung", "come", "crept", "cut", "dealt", "did", "done", "drawn", "dreamt", "drew",
    "driven", "drove", "drunk", "dug", "eaten", "fallen", "fell", "felt", "flew", "flown", "flung",
    "forbidden", "forgiven", "forgot", "forgotten", "fought", "found", "froze", "frozen", "gave", "given",
    "gone", "got", "gotten", "grew", "ground", "grown", "heard", "held", "hewn", "hidden", "hit", "hung",
    "hurt", "kept", "knew", "known", "laid", "lain", "leapt", "learnt", "left", "lent", "let", "lit",
    "lost", "made", "meant", "met", "mown", "overcome", "paid", "proven", "put", "quit", "ran", "rang",
    "read", "ridden", "risen", "rode", "rose", "run", "rung", "said", "sang", "sank", "sat", "saw", "sawn",
    "seen", "sent", "set", "sewn", "shaken", "shone", "shorn", "shot", "shown", "shrank", "shrunk", "shut",
    "slain", "slept", "slid", "slit", "slung", "smelt", "sold", "sought", "sown", "spat", "spelt", "spent",
    "spilt", "split", "spoke", "spoken", "sprang", "spread", "sprung", "spun", "stank", "stole", "stolen",
    "stood", "strewn", "stricken", "struck", "strung", "stuck", "stung", "sung", "sunk", "swam", "swept",
    "swollen", "sworn", "swum", "swung", "taken", "taught", "thought", "threw", "thrown", "told", "took",
    "tore", "torn", "trodden", "understood", "undid", "upset", "went", "wept", "woke", "woken", "won",
    "wore", "worn", "woven", "written", "wrote", "wrought", "wrung",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn irregular_forms_are_sorted() {
        assert!(IRREGULAR.is_sorted());
        assert!(IRREGULAR.iter().all(|word| !word.ends_with("ed")));
    }

    #[test]
    fn names_that_tell_what_happened_are_past() {
        let names = [
            "cow_fed",
            "order_placed",
            "letter_sent",
            "letter_resent",
            "invoice_overpaid",
            "order_withdrawn",
            "title_set",
            "password_reset",
            "cow_led",
            "sown",
            "step_undone",
            "task_begun",
            "server_shut_down",
            "user_signed_up",
            "page_freed",
            "price_agreed",
            "calf_born",
            "tag_embedded",
            "item_put_back",
        ];
        for name in names {
            assert!(is_past(name), "{name}");
        }
    }

    #[test]
    fn names_that_tell_what_to_do_or_what_is_are_not_past() {
        let names = [
            "feed_cow",
            "cow_feed",
            "cow",
            "order_placement",
            "order_place",
            "user_sign_up",
            "up",
            "cow_need",
            "tag_embed",
            "cow_breed",
            "cow_reseed",
            "order_sending",
            "order_placed_v2",
            "signed_cow",
            "asset",
            "cow_seed",
            "cow_red",
            "report_output",
        ];
        for name in names {
            assert!(!is_past(name), "{name}");
        }
    }
}
