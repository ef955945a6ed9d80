use allocation_counter::measure;

use crate::feeding::{Order, feed_ordered};

#[test]
fn an_event_of_eight_fields_is_built_validated_and_serialised_in_12_allocations() {
    let order = Order::new();
    feed_ordered(&order).envelope().expect("patterns are compiled once");
    let built = measure(|| drop(feed_ordered(&order)));
    let whole = measure(|| drop(feed_ordered(&order).envelope().expect("it fits")));
    // Two texts that are copied, the aggregate's type and id; then payload, metadata, table, key and what is on the way.
    assert!(built.count_total <= 4, "{}", built.count_total);
    assert!(whole.count_total <= 12, "{}", whole.count_total);
}
