//! The event catalog for people: every event in its latest version, as one Markdown document, or with all versions as
//! one HTML page.

mod entry;
mod history;
mod html;
mod index;
mod payload;

use std::collections::BTreeMap;

use crate::event::Deprecation;
use crate::schema::{Schema, Version};

pub use html::html;

/// The catalog of all events, in GitHub's Markdown; an event's anchor is `event-` and its name.
#[must_use]
pub fn markdown(schema: &Schema) -> String {
    let mut out = String::from("# Event catalog\n");
    if schema.events.is_empty() {
        out.push_str("\nThere are no events yet.\n");
        return out;
    }
    index::write(&mut out, schema);
    let ancestors = ancestors(schema);
    for (name, versions) in &schema.events {
        let Some(latest) = versions.last() else { continue };
        let renamed_from = ancestors.get(name.as_str()).map_or(&[][..], Vec::as_slice);
        entry::write(&mut out, schema, latest, renamed_from);
        history::write(&mut out, versions);
    }
    out
}

/// The old names of events, by the new one.
fn ancestors(schema: &Schema) -> BTreeMap<&str, Vec<&str>> {
    let mut ancestors: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (old, versions) in &schema.events {
        if let Some(new) = versions.last().and_then(|latest| latest.renamed_to.as_deref()) {
            ancestors.entry(new).or_default().push(old);
        }
    }
    ancestors
}

/// What a reader must know about an event before using it, in one word each.
fn marks(latest: &Version) -> Vec<&'static str> {
    let marks = [
        (latest.metadata.deprecated.is_some(), "deprecated"),
        (latest.retired && latest.renamed_to.is_none(), "retired"),
        (latest.renamed_to.is_some(), "renamed"),
    ];
    marks.into_iter().filter(|(holds, _)| *holds).map(|(_, mark)| mark).collect()
}

/// "Do not use this any more", with the day and the reason.
fn deprecated(deprecation: &Deprecation) -> String {
    let sunset = deprecation.sunset.map_or_else(String::new, |day| format!(" (sunset {day})"));
    let reason = deprecation
        .reason
        .as_ref()
        .map_or_else(String::new, |reason| format!(": {}", crate::markdown::line(reason)));
    format!("**Deprecated**{sunset}{reason}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{farm, history};

    /// The parts of the farm's catalog: the index, then one for each event.
    fn parts() -> Vec<String> {
        markdown(&farm()).split("\n<a id=").map(str::to_owned).collect()
    }

    #[test]
    fn the_index_of_the_farm() {
        insta::assert_snapshot!(parts()[0], @"
        # Event catalog

        4 events in 2 domains.

        ## Events by domain

        ### dairy

        - [tank_emptied](#event-tank_emptied)

        ### farm

        - [cow_fed](#event-cow_fed) (deprecated): A cow was fed.

        ### Without a domain

        - [cow_given](#event-cow_given): A cow was sold.
        - [cow_sold](#event-cow_sold) (renamed): A cow was sold.
        ");
    }

    #[test]
    fn the_entry_of_an_event() {
        insta::assert_snapshot!(parts()[1], @r#"
        "event-cow_fed"></a>

        ## cow_fed

        A cow was fed.

        Once a day, \*never\* twice \| at most.

        **Deprecated** (sunset 2027-01-31): Use cow_given.

        Version 2 · type `domain` · process type `durable` · subject `cow` · owner `team-barn` · aggregate `Cow` by `cow.id` at `cow.version`

        ### Inputs

        | Input | Presence | Description |
        | --- | --- | --- |
        | `cow` | required | The cow &lt;of ours&gt;. |
        | `farmer` | optional | |

        ### Payload

        | Field | Type | Presence | Constraints | Unit | PII | Description |
        | --- | --- | --- | --- | --- | --- | --- |
        | `weight` | `float` | required | `min 0.5` | kg | | Before, not after. |
        | `farmer_name` | `string` | optional | | | PII | |
        | `feeds` | `list<object>` | required | `min length 1` | | | |
        | `feeds[].sku` | `string` | required | <code>pattern&#32;&#94;&#91;A&#45;Z&#93;&#123;3&#125;&#124;x&#96;&#36;</code> | | | |
        | `feeds[].price` | `Money` | required | | | | |
        | `feeds[].price.amount` | `decimal` | required | `min 0` | | | |
        | `feeds[].price.currency` | `enum(eur, usd)` | required, default "eur" | | | | |
        | `tags` | `list<string>` | required, default \[\] | | | | |
        | `tags[]` | `string` | | `max length 8` | | | |

        ### Sample payload

        ```json
        {
          "weight": 1.5,
          "farmer_name": "***",
          "feeds": [
            {
              "sku": "AAA",
              "price": {
                "amount": "12.50",
                "currency": "eur"
              }
            }
          ],
          "tags": []
        }
        ```

        ### History

        - **Version 2** `41d6a9b3d707`
          - removed field \`totals\`
          - added deprecated: Use cow_given. (sunset 2027-01-31)
        - **Version 1** `b3b4cff5a824`: first version
        "#);
    }

    #[test]
    fn a_renamed_event_and_its_successor_point_at_each_other() {
        assert!(parts()[2].contains("\nRenamed from [cow_sold](#event-cow_sold).\n"));
        assert!(parts()[3].contains("\n**Renamed** to [cow_given](#event-cow_given); kept so"));
    }

    #[test]
    fn a_project_without_events_has_a_catalog() {
        assert_eq!(markdown(&Schema::default()), "# Event catalog\n\nThere are no events yet.\n");
    }

    #[test]
    fn the_same_schema_gives_the_same_bytes() {
        assert_eq!(markdown(&farm()), markdown(&farm()));
    }

    #[test]
    fn text_of_users_stays_inside_of_its_cell() {
        let schema = history(&[r##"
subjects: { cow: {} }
---
event_name: cow_fed
event_type: "a|b `c` <d>"
subject: cow
description: "# No heading\n\n<script>alert(1)</script> [x](y)\n- no item"
owner: "team|barn\nnext"
deprecated: "gone | \e[31m soon"
inputs: { cow: { description: "a | b\n\nc" } }
payload:
  note: { type: string, from: cow.note, pattern: "(a|b|`)", unit: "k|g", description: "x | y\n`z`", examples: ["```"] }
"##]);
        let text = markdown(&schema);
        assert!(!text.contains('\u{1b}') && !text.contains("<script"));
        insta::assert_snapshot!(text, @r#"
        # Event catalog

        1 event.

        ## Events by domain

        ### Without a domain

        - [cow_fed](#event-cow_fed) (deprecated): # No heading

        <a id="event-cow_fed"></a>

        ## cow_fed

        \# No heading

        &lt;script&gt;alert(1)&lt;/script&gt; \[x\](y) - no item

        **Deprecated**: gone \| \\u{1b}\[31m soon

        Version 1 · type <code>a&#124;b&#32;&#96;c&#96;&#32;&#60;d&#62;</code> · process type `broker` · subject `cow` · owner <code>team&#124;barn&#92;nnext</code>

        ### Inputs

        | Input | Presence | Description |
        | --- | --- | --- |
        | `cow` | required | a \| b c |

        ### Payload

        | Field | Type | Presence | Constraints | Unit | PII | Description |
        | --- | --- | --- | --- | --- | --- | --- |
        | `note` | `string` | required | <code>pattern&#32;&#40;a&#124;b&#124;&#96;&#41;</code> | k\|g | | x \| y \`z\` |

        ### Sample payload

        ````json
        {
          "note": "```"
        }
        ````

        ### History

        - **Version 1** `17249efad9d0`: first version
        "#);
    }
}
