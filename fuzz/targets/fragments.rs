#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| viendan_fuzz::fragments::holds(data));
