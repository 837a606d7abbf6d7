//! Raw records to articles: which field is what, and what is left.

use super::*;

fn plain(json: &str) -> Article {
    one(json, &FieldOptions::default()).expect(json)
}

fn code(json: &str, options: &FieldOptions) -> String {
    match one(json, options) {
        Ok(_) => "article".to_owned(),
        Err(Refusal::Empty | Refusal::NoPage(_) | Refusal::NotRead(_)) => "empty".to_owned(),
        Err(Refusal::Reject(reject)) => reject.code.to_string(),
    }
}

fn meta(article: &Article) -> String {
    serde_json::to_string(&article.meta).expect("json")
}

#[test]
fn fields_are_known_by_their_names() {
    let article = plain(
        r#"{"z":1.50,"Headline":"H","articleBody":" T ","guid":7,"datePublished":"2017-08-07","link":"http://a","Publisher":"P","a":[null]}"#,
    );
    assert_eq!(article.text, " T ");
    assert_eq!(article.id, "7");
    assert_eq!(article.title.as_deref(), Some("H"));
    assert_eq!(
        article.published.map(|date| date.to_string()).as_deref(),
        Some("2017-08-07")
    );
    assert_eq!(article.url.as_deref(), Some("http://a"));
    assert_eq!(article.outlet.as_deref(), Some("P"));
    assert_eq!(meta(&article), r#"{"z":1.50,"a":[null]}"#);
    assert!(article.warnings.is_empty());
}

#[test]
fn a_record_without_id_is_known_by_its_place() {
    let article = plain(r#"{"text":"a","id":" ","_id":{"x":1}}"#);
    assert_eq!(article.id, "file#0");
    assert_eq!(meta(&article), r#"{"id":" ","_id":{"x":1}}"#);
    assert!(article.sha256.starts_with("58f11adb38358b78"));
}

#[test]
fn the_preferred_field_wins_unless_it_is_empty() {
    let article = plain(r#"{"body":"b","text":"a"}"#);
    assert_eq!(
        (article.text.as_str(), meta(&article).as_str()),
        ("a", r#"{"body":"b"}"#)
    );
    assert_eq!(plain(r#"{"text":" ","body":"b"}"#).text, "b");
    assert_eq!(plain(r#"{"text":null,"body":"b"}"#).text, "b");
}

#[test]
fn a_record_without_text_is_empty_or_at_fault() {
    let none = FieldOptions::default();
    for (json, expected) in [
        (r#"{"text":" \n\u00a0"}"#, "empty"),
        (r#"{"text":null}"#, "empty"),
        (r#"{"text":["a"]}"#, "text_not_a_string"),
        (r#"{"words":"a"}"#, "no_text"),
        (r#"{}"#, "no_text"),
        (r#"["a"]"#, "not_an_object"),
        (r#"12"#, "not_an_object"),
        (r#""text""#, "not_an_object"),
        (r#"{"text":"a"} {"text":"b"}"#, "invalid_json"),
        (r#"{"text":"a",}"#, "invalid_json"),
    ] {
        assert_eq!(code(json, &none), expected, "{json}");
    }
    let Err(Refusal::Reject(reject)) = one(r#"{"words":"a","n":1}"#, &none) else {
        panic!("a reject is wanted");
    };
    assert!(reject.reason.contains("`words`, `n`") && reject.reason.contains("--text-key"));
}

#[test]
fn a_given_key_is_used_and_no_other() {
    let options = FieldOptions {
        text_key: Some("data.words".into()),
        id_key: Some("attrs.newid".into()),
        title_key: Some("missing".into()),
        ..FieldOptions::default()
    };
    let json = r#"{"text":"no","title":"no","attrs":{"newid":"12","n":1},"data":{"words":"yes"}}"#;
    let article = one(json, &options).expect("an article");
    assert_eq!(
        (
            article.text.as_str(),
            article.id.as_str(),
            article.title.as_ref()
        ),
        ("yes", "12", None)
    );
    assert_eq!(
        meta(&article),
        r#"{"text":"no","title":"no","attrs":{"n":1},"data":{}}"#
    );
    assert_eq!(code(r#"{"text":"no"}"#, &options), "no_text");
    assert_eq!(
        code(r#"{"data":{"words":1}}"#, &options),
        "text_not_a_string"
    );
    assert_eq!(code(r#"{"data":{"words":""}}"#, &options), "empty");
    assert_eq!(code(r#"{"data.words":"literal"}"#, &options), "article");
}

#[test]
fn a_field_serves_once() {
    let options = FieldOptions {
        text_key: Some("title".into()),
        ..FieldOptions::default()
    };
    let article = one(r#"{"title":"a","headline":"b"}"#, &options).expect("an article");
    assert_eq!(
        (article.text.as_str(), article.title.as_deref()),
        ("a", Some("b"))
    );
}

#[test]
fn a_date_that_says_more_than_the_day_stays() {
    let article = plain(r#"{"text":"a","date":"2017-08-07T10:00:00Z"}"#);
    assert!(article.published.is_some());
    assert_eq!(meta(&article), r#"{"date":"2017-08-07T10:00:00Z"}"#);
    let article = plain(r#"{"text":"a","date":"someday"}"#);
    let codes: Vec<WarningCode> = article
        .warnings
        .iter()
        .map(|warning| warning.code)
        .collect();
    assert_eq!(
        (article.published, codes),
        (None, vec![WarningCode::UnreadableDate])
    );
    assert_eq!(meta(&article), r#"{"date":"someday"}"#);
    let article = plain(r#"{"text":"a","published":"","date":"2017-08-07"}"#);
    assert!(article.published.is_some() && article.warnings.is_empty());
}

#[test]
fn an_outlet_may_be_an_object_with_a_name() {
    let article = plain(r#"{"text":"a","source":{"id":null,"name":"The Paper"}}"#);
    assert_eq!(article.outlet.as_deref(), Some("The Paper"));
    assert_eq!(
        meta(&article),
        r#"{"source":{"id":null,"name":"The Paper"}}"#
    );
}

#[test]
fn what_is_mended_is_said() {
    for (json, text, expected) in [
        (
            r#"{"text":"a\ud83d","n":NaN}"#,
            "a\u{fffd}",
            vec![WarningCode::LoneSurrogate, WarningCode::NanAsNull],
        ),
        (
            r#"{"text":"a","text":"b"}"#,
            "b",
            vec![WarningCode::DuplicateKey],
        ),
        (
            r#"{"text":"a\u0000"}"#,
            "a\0",
            vec![WarningCode::NulCharacter],
        ),
    ] {
        let article = plain(json);
        let codes: Vec<WarningCode> = article
            .warnings
            .iter()
            .map(|warning| warning.code)
            .collect();
        assert_eq!((article.text.as_str(), codes), (text, expected));
    }
}

#[test]
fn numbers_in_meta_keep_their_digits() {
    let json = r#"{"text":"a","n":12345678901234567890123456789,"x":1.10,"e":1E400}"#;
    let expected = r#"{"n":12345678901234567890123456789,"x":1.10,"e":1e+400}"#;
    assert_eq!(meta(&plain(json)), expected);
}
