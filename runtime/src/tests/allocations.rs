use allocation_counter::measure;

use crate::feeding::{Order, feed_ordered};

#[test]
fn an_event_of_eight_fields_is_built_validated_and_serialised_in_few_allocations() {
    let order = Order::new();
    feed_ordered(&order).envelope().expect("patterns are compiled once");
    let built = measure(|| drop(feed_ordered(&order)));
    let whole = measure(|| drop(feed_ordered(&order).envelope().expect("it fits")));
    assert_eq!((built.count_total, whole.count_total), (8, 20));
}
