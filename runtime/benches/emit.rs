//! What an event costs before it reaches a database: build, validate and serialise one of 8 fields.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use evt_runtime::{Event as _, to_json};

#[path = "../fixtures/feeding.rs"]
mod feeding;

use feeding::{FeedOrdered, Order, feed_ordered};

fn emit(criterion: &mut Criterion) {
    let order = Order::new();
    assert_eq!(FeedOrdered::definition().name, "feed_ordered");
    criterion.bench_function("build", |bencher| bencher.iter(|| feed_ordered(black_box(&order))));
    let emission = feed_ordered(&order);
    criterion.bench_function("validate and serialise", |bencher| {
        bencher.iter(|| to_json(black_box(emission.payload())));
    });
    criterion.bench_function("build, validate, serialise", |bencher| {
        bencher.iter(|| feed_ordered(black_box(&order)).envelope());
    });
    criterion.bench_function("identity (UUIDv7)", |bencher| bencher.iter(evt_runtime::types::Uuid::now_v7));
}

criterion_group!(benches, emit);
criterion_main!(benches);
