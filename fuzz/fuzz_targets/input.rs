//! A stream of anything: the first byte says what it is told to be, compression and the like are found out.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| attache_fuzz::check_stream(bytes));
