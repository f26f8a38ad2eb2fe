//! JSON on one line, written fast: the very bytes that serde_json writes.
//!
//! In: any value that serde serializes. Out: bytes. A record is four times as long as its article, most of it names of
//! fields and numbers. serde_json looks through each name for what must be escaped and writes every comma by itself; here
//! names of fields are known to be plain, and a string is looked through eight bytes at a time. What is rare (strings
//! that need escapes, fractions) is left to serde_json.

use serde::ser::{
    Error as _, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};
use serde_json::Error;
use std::fmt::Display;
use std::io::Write;

type Result<T = ()> = std::result::Result<T, Error>;

/// Appends a value to bytes.
///
/// # Errors
/// What the value's own serialization fails with, or a key of a map that is no string.
pub(super) fn append(to: &mut Vec<u8>, value: &impl Serialize) -> Result {
    value.serialize(Compact(to))
}

struct Compact<'o>(&'o mut Vec<u8>);

/// What stands between brackets.
struct Parts<'o> {
    to: &'o mut Vec<u8>,
    first: bool,
    close: &'static [u8],
}

impl<'o> Compact<'o> {
    fn parts(self, open: u8, close: &'static [u8]) -> Parts<'o> {
        self.0.push(open);
        Parts {
            to: self.0,
            first: true,
            close,
        }
    }

    /// The brackets of a variant with contents: an object with one field around them.
    fn variant(self, name: &'static str, open: u8, close: &'static [u8]) -> Parts<'o> {
        self.0.push(b'{');
        field(self.0, name);
        self.parts(open, close)
    }

    #[inline]
    fn plain(self, text: &str) -> Result {
        self.0.extend_from_slice(text.as_bytes());
        Ok(())
    }

    /// Whatever serde_json should write.
    fn slowly(self, value: &(impl Serialize + ?Sized)) -> Result {
        serde_json::to_writer(self.0, value)
    }
}

impl Parts<'_> {
    #[inline]
    fn next(&mut self) {
        if !std::mem::take(&mut self.first) {
            self.to.push(b',');
        }
    }

    #[inline]
    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result {
        self.next();
        value.serialize(Compact(self.to))
    }

    #[inline(always)]
    fn field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result {
        self.next();
        field(self.to, name);
        value.serialize(Compact(self.to))
    }

    #[inline]
    fn close(self) -> Result {
        self.to.extend_from_slice(self.close);
        Ok(())
    }
}

/// The name of a field of a struct: an identifier of the code, or what stands there in its place, without anything to
/// escape. Always inlined, as what calls it is: the bytes to copy are constants then.
#[inline(always)]
fn field(to: &mut Vec<u8>, name: &'static str) {
    let mut piece = [b'"'; PIECE];
    let end = name.len() + 3;
    match piece.get_mut(1..end) {
        Some(behind) => {
            let (word, signs) = behind.split_at_mut(name.len());
            word.copy_from_slice(name.as_bytes());
            signs.copy_from_slice(b"\":");
            to.extend_from_slice(&piece[..end]);
        }
        None => {
            to.push(b'"');
            to.extend_from_slice(name.as_bytes());
            to.extend_from_slice(b"\":");
        }
    }
}

/// Names of fields that fit in here with their signs are put together before they are appended: one look for room.
const PIECE: usize = 24;

/// Whether a string has bytes that JSON wants escaped: quotation marks, backslashes, control characters.
fn is_special(text: &[u8]) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let special = |bytes: u64| {
        let below = |bytes: u64, least: u64| bytes.wrapping_sub(ONES * least) & !bytes;
        let is = |byte: u8| below(bytes ^ (ONES * u64::from(byte)), 1);
        (below(bytes, 0x20) | is(b'"') | is(b'\\')) & (ONES << 7)
    };
    let (chunks, rest) = text.as_chunks::<8>();
    let blank = ONES * u64::from(b' ');
    let last = match text.last_chunk::<8>() {
        Some(last) => u64::from_le_bytes(*last),
        None => rest.iter().fold(blank, |last, &byte| last << 8 | u64::from(byte)),
    };
    let found = chunks
        .iter()
        .fold(0, |found, chunk| found | special(u64::from_le_bytes(*chunk)));
    found | special(last) != 0
}

macro_rules! integers {
    ($($name:ident $type:ty),*) => {
        $(#[inline]
        fn $name(self, value: $type) -> Result {
            self.plain(itoa::Buffer::new().format(value))
        })*
    };
}

impl<'o> Serializer for Compact<'o> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Parts<'o>;
    type SerializeTuple = Parts<'o>;
    type SerializeTupleStruct = Parts<'o>;
    type SerializeTupleVariant = Parts<'o>;
    type SerializeMap = Parts<'o>;
    type SerializeStruct = Parts<'o>;
    type SerializeStructVariant = Parts<'o>;

    integers! {
        serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64, serialize_i128 i128,
        serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64, serialize_u128 u128
    }

    fn serialize_bool(self, value: bool) -> Result {
        self.plain(if value { "true" } else { "false" })
    }

    fn serialize_f32(self, value: f32) -> Result {
        self.slowly(&value)
    }

    fn serialize_f64(self, value: f64) -> Result {
        self.slowly(&value)
    }

    fn serialize_char(self, value: char) -> Result {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    #[inline]
    fn serialize_str(self, value: &str) -> Result {
        if is_special(value.as_bytes()) {
            return self.slowly(value);
        }
        self.0.push(b'"');
        self.0.extend_from_slice(value.as_bytes());
        self.0.push(b'"');
        Ok(())
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result {
        let start = self.0.len();
        write!(self.0, "\"{value}\"").map_err(Error::io)?;
        if is_special(&self.0[start + 1..self.0.len() - 1]) {
            self.0.truncate(start);
            return self.slowly(&value.to_string());
        }
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result {
        self.collect_seq(value)
    }

    fn serialize_none(self) -> Result {
        self.plain("null")
    }

    #[inline]
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result {
        self.plain("null")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result {
        self.plain("null")
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result {
        let mut parts = self.parts(b'{', b"}");
        parts.field(variant, value)?;
        parts.close()
    }

    #[inline]
    fn serialize_seq(self, _: Option<usize>) -> Result<Parts<'o>> {
        Ok(self.parts(b'[', b"]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Parts<'o>> {
        Ok(self.parts(b'[', b"]"))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Parts<'o>> {
        Ok(self.parts(b'[', b"]"))
    }

    fn serialize_tuple_variant(self, _: &'static str, _: u32, variant: &'static str, _: usize) -> Result<Parts<'o>> {
        Ok(self.variant(variant, b'[', b"]}"))
    }

    #[inline]
    fn serialize_map(self, _: Option<usize>) -> Result<Parts<'o>> {
        Ok(self.parts(b'{', b"}"))
    }

    #[inline]
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Parts<'o>> {
        Ok(self.parts(b'{', b"}"))
    }

    fn serialize_struct_variant(self, _: &'static str, _: u32, variant: &'static str, _: usize) -> Result<Parts<'o>> {
        Ok(self.variant(variant, b'{', b"}}"))
    }
}

macro_rules! listed {
    ($($of:ident $method:ident),*) => {
        $(impl $of for Parts<'_> {
            type Ok = ();
            type Error = Error;

            #[inline]
            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result {
                self.item(value)
            }

            #[inline]
            fn end(self) -> Result {
                self.close()
            }
        })*
    };
}

listed! {
    SerializeSeq serialize_element, SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field, SerializeTupleVariant serialize_field
}

macro_rules! named {
    ($($of:ident),*) => {
        $(impl $of for Parts<'_> {
            type Ok = ();
            type Error = Error;

            #[inline(always)]
            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result {
                self.field(name, value)
            }

            #[inline]
            fn end(self) -> Result {
                self.close()
            }
        })*
    };
}

named! { SerializeStruct, SerializeStructVariant }

impl SerializeMap for Parts<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result {
        self.next();
        let start = self.to.len();
        key.serialize(Compact(self.to))?;
        match self.to.get(start) {
            Some(b'"') => Ok(()),
            _ => Err(Error::custom("a key must be a string")),
        }
    }

    #[inline]
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result {
        self.to.push(b':');
        value.serialize(Compact(self.to))
    }

    #[inline]
    fn end(self) -> Result {
        self.close()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value, json};
    use std::collections::BTreeMap;

    #[derive(serde::Serialize)]
    enum Kinds {
        Unit,
        One(i64),
        Two(u8, Option<char>),
        Named { a: f32, b: (), c: (bool, f64) },
    }

    #[derive(serde::Serialize)]
    struct All<'a> {
        kinds: Vec<Kinds>,
        map: BTreeMap<&'a str, Value>,
        #[serde(flatten)]
        rest: BTreeMap<&'a str, &'a str>,
    }

    #[test]
    fn writes_what_serde_json_writes() {
        let two = [Kinds::Two(7, Some('"')), Kinds::Two(0, None)];
        let named = Kinds::Named {
            a: 0.1,
            b: (),
            c: (true, 1e300),
        };
        let kinds = [Kinds::Unit, Kinds::One(i64::MIN), named].into_iter().chain(two);
        let all = All {
            kinds: kinds.collect(),
            map: BTreeMap::from([("a\"b", json!([1, -2.5, null, {"x": {}}])), ("", json!(u64::MAX))]),
            rest: BTreeMap::from([("tab\t", "line\nend"), ("über", "“ja”")]),
        };
        let mut written = Vec::new();
        append(&mut written, &all).unwrap();
        assert_eq!(
            String::from_utf8(written).unwrap(),
            serde_json::to_string(&all).unwrap()
        );
    }

    #[test]
    fn a_key_that_is_no_string_is_an_error() {
        assert!(append(&mut Vec::new(), &BTreeMap::from([((1, 2), 3)])).is_err());
    }

    proptest! {
        #[test]
        fn any_string_is_written_as_serde_json_does(text in "\\PC*[\\x00-\\x7f]{0,20}\\PC*") {
            let mut written = Vec::new();
            append(&mut written, &text).unwrap();
            prop_assert_eq!(written, serde_json::to_vec(&text).unwrap());
        }
    }
}
