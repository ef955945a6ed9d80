/// The lane of a partition key, or of the lower-case hyphenated id of an event without one: the first byte of its MD5,
/// & 63. On SQLite every row is in lane 0.
///
/// ```
/// assert_eq!(evt_runtime::outbox::lane("Cow/7"), 47);
/// ```
#[must_use]
pub fn lane(key_or_id: &str) -> u8 {
    md5::compute(key_or_id).0[0] & 63
}

/// Which of a table's 1,024 locks serialises the writers of a key: the first two bytes of its MD5, & 1023.
pub(crate) fn lock_slot(key: &str) -> u16 {
    let digest = md5::compute(key).0;
    u16::from_be_bytes([digest[0], digest[1]]) & 1023
}

#[cfg(test)]
mod tests {
    use super::{lane, lock_slot};

    #[test]
    fn lanes_are_those_of_the_fixture() {
        let fixture: serde_json::Value =
            serde_json::from_str(include_str!("../../../fixtures/lanes.json")).unwrap();
        let vectors = fixture["vectors"].as_array().unwrap();
        assert!(vectors.len() > 100);
        for vector in vectors {
            let key = vector["key"].as_str().unwrap();
            assert_eq!(u64::from(lane(key)), vector["lane"].as_u64().unwrap(), "{key}");
            assert_eq!(u64::from(lock_slot(key)), vector["lock"].as_u64().unwrap(), "{key}");
        }
    }
}
