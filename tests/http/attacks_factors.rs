//! Turning factors on and off: I03, I05, A22 for what ends with them, and what the log, the export and the end of an
//! account say of them (I06–I09).

use crate::harness::{PASSWORD, Person, TestApp, scenarios};
use serde_json::{Value, json};

scenarios![
    a22_other_sessions_end_in_the_second_in_which_the_second_step_is_turned_on_or_off,
    i03_turning_on_takes_a_fresh_confirmation_and_a_right_code,
    i03_turning_off_takes_the_password_and_a_code,
    i03_nobody_begins_anew_once_it_is_on,
    i06_a_deleted_account_leaves_no_factor,
    i07_an_export_tells_of_factors_and_of_no_secret,
    i08_what_happened_to_factors_is_written_down,
    i09_eleven_minutes_after_the_password_factors_are_guarded,
    i09_with_a_second_step_the_password_alone_confirms_nothing,
];

async fn turn_off(person: &Person, password: &str, code: &str) -> crate::harness::Answer {
    person.browser.json("DELETE", "/api/auth/factors/totp", &json!({"password": password, "code": code})).await
}

async fn is_on(person: &Person) -> bool {
    !person.browser.get("/api/auth/factors").await.expect(200).json()["totp_since"].is_null()
}

async fn a22_other_sessions_end_in_the_second_in_which_the_second_step_is_turned_on_or_off(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let before = app.sign_in_program(&ada).await;
    let (codes, recovery) = app.turn_totp_on(&ada).await;
    assert!(!app.takes(&before.access).await);
    app.refresh(&before.refresh).await.expect(401);
    assert!(app.takes(&ada.access).await, "the session that did it goes on");
    let body = json!({"challenge": app.challenge(&ada).await, "code": codes.code(&app, 0), "cookies": false});
    let after = app.anonymous().post("/api/auth/signin/code", &body).await.expect(200).json();
    let waiting = app.challenge(&ada).await;
    turn_off(&ada, PASSWORD, &recovery[0]).await.expect(204);
    assert!(!app.takes(after["access_token"].as_str().unwrap()).await);
    app.refresh(after["refresh_token"].as_str().unwrap()).await.expect(401);
    let body = json!({"challenge": waiting, "code": recovery[1]});
    app.anonymous().post("/api/auth/signin/code", &body).await.expect_problem(401, "challenge_over");
    assert!(app.takes(&ada.access).await);
}

async fn i03_turning_on_takes_a_fresh_confirmation_and_a_right_code(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let confirm = async |code: &str| ada.browser.post("/api/auth/factors/totp/confirm", &json!({"code": code})).await;
    confirm("123456").await.expect_problem(409, "factor_off");
    let setup = ada.browser.post("/api/auth/factors/totp", &json!({})).await.expect(200).json();
    let codes = crate::harness::CodeApp::new(setup["secret"].as_str().unwrap());
    let before = app.rows().await;
    let answer = confirm(&codes.wrong_code(&app)).await.expect_problem(422, "invalid");
    assert_eq!(answer.faulty_fields(), ["code"]);
    for nonsense in ["", "12345", "ABCDE-FGHJK-MNPQR-STVWX-YZ012"] {
        assert_eq!(confirm(nonsense).await.expect(422).faulty_fields(), ["code"], "{nonsense}");
    }
    before.assert_same(&app.rows().await, "wrong codes");
    assert!(!is_on(&ada).await);
    app.sign_in_browser(&ada).await;

    app.clock.advance(11 * 60);
    confirm(&codes.code(&app, 0)).await.expect_problem(403, "reauth_required");
    assert!(!is_on(&ada).await);
    ada.browser.post("/api/auth/confirm", &json!({"password": PASSWORD})).await.expect(204);
    confirm(&codes.code(&app, 0)).await.expect(200);
    assert!(is_on(&ada).await);
    confirm(&codes.code(&app, 1)).await.expect_problem(409, "factor_on");
}

async fn i03_turning_off_takes_the_password_and_a_code(app: TestApp) {
    let ada = app.sign_up("ada").await;
    turn_off(&ada, PASSWORD, "123456").await.expect_problem(409, "factor_off");
    let (codes, _) = app.turn_totp_on(&ada).await;
    let before = app.rows().await;
    let code = codes.code(&app, 0);
    assert_eq!(turn_off(&ada, "not it at all", &code).await.expect(422).faulty_fields(), ["password"]);
    assert_eq!(turn_off(&ada, PASSWORD, &codes.wrong_code(&app)).await.expect(422).faulty_fields(), ["code"]);
    let without_code = ada.browser.json("DELETE", "/api/auth/factors/totp", &json!({"password": PASSWORD})).await;
    assert_eq!(without_code.expect(422).faulty_fields(), ["code"]);
    before.assert_same(&app.rows().await, "half of what it takes");
    assert!(is_on(&ada).await);
    turn_off(&ada, PASSWORD, &code).await.expect(204);
    assert!(!is_on(&ada).await);
    let rows = app.rows().await;
    assert_eq!((rows.count("totp"), rows.count("recovery_codes")), (0, 0));
    app.sign_in_program(&ada).await;
}

async fn i03_nobody_begins_anew_once_it_is_on(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let (codes, _) = app.turn_totp_on(&ada).await;
    ada.browser.post("/api/auth/factors/totp", &json!({})).await.expect_problem(409, "factor_on");
    let page = ada.browser.form("/settings/security", &[("do", "begin_totp")]).await.expect(409).text();
    assert!(!page.contains("otpauth://"), "{page}");
    let body = json!({"challenge": app.challenge(&ada).await, "code": codes.code(&app, 0)});
    app.anonymous().post("/api/auth/signin/code", &body).await.expect(200);
}

async fn i06_a_deleted_account_leaves_no_factor(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let (codes, _) = app.turn_totp_on(&ada).await;
    app.challenge(&ada).await;
    let body = json!({"password": PASSWORD, "code": codes.code(&app, 0)});
    ada.browser.json("DELETE", "/api/auth/me", &body).await.expect(204);
    let rows = app.all_rows().await;
    assert!(!rows.mention(&ada.id), "{rows:?}");
    for table in ["totp", "recovery_codes", "sign_in_challenges", "passkeys", "ceremonies"] {
        assert_eq!(rows.count(table), 0, "{table}");
    }
}

async fn i07_an_export_tells_of_factors_and_of_no_secret(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let setup = ada.browser.post("/api/auth/factors/totp", &json!({})).await.expect(200).json();
    let secret = setup["secret"].as_str().unwrap();
    let codes = crate::harness::CodeApp::new(secret);
    let body = json!({"code": codes.code(&app, 0)});
    let given = ada.browser.post("/api/auth/factors/totp/confirm", &body).await.expect(200).json();
    let answer = ada.browser.get("/api/auth/export").await.expect(200);
    let factors: Value = answer.json()["factors"].clone();
    assert_eq!(factors["recovery_codes_left"], 10);
    assert!(factors["totp_since"].is_string());
    assert!(!answer.text().contains(secret));
    for code in given["recovery_codes"].as_array().unwrap() {
        assert!(!answer.text().contains(code.as_str().unwrap()));
    }
}

async fn i08_what_happened_to_factors_is_written_down(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let (_, recovery) = app.turn_totp_on(&ada).await;
    let body = json!({"challenge": app.challenge(&ada).await, "code": recovery[0]});
    app.anonymous().post("/api/auth/signin/code", &body).await.expect(200);
    let renewed = ada.browser.post("/api/auth/factors/recovery-codes", &json!({})).await.expect(200).json();
    let code = renewed["recovery_codes"][0].as_str().unwrap();
    turn_off(&ada, PASSWORD, code).await.expect(204);
    let happened = [
        "totp_turned_off",
        "recovery_code_used",
        "recovery_codes_renewed",
        "signed_in",
        "recovery_code_used",
        "totp_turned_on",
        "signed_up",
    ];
    assert_eq!(ada.browser.events().await, happened);
}

async fn i09_eleven_minutes_after_the_password_factors_are_guarded(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let (codes, _) = app.turn_totp_on(&ada).await;
    app.clock.advance(11 * 60);
    ada.browser.get("/dashboard").await.expect(200);
    let before = app.rows().await;
    for path in ["/api/auth/factors/totp", "/api/auth/factors/recovery-codes"] {
        ada.browser.post(path, &json!({})).await.expect_problem(403, "reauth_required");
    }
    let page = ada.browser.form("/settings/security", &[("do", "renew_recovery_codes")]).await.expect(403).text();
    assert!(page.contains("confirm that it is you") && !page.contains("class=\"codes\""), "{page}");
    before.assert_same(&app.rows().await, "what was guarded");
    let code = codes.code(&app, 0);
    let confirm = [("do", "confirm_identity"), ("password", PASSWORD), ("code", code.as_str())];
    ada.browser.form("/settings/security", &confirm).await.expect_redirect("/settings/security");
    ada.browser.post("/api/auth/factors/recovery-codes", &json!({})).await.expect(200);
}

async fn i09_with_a_second_step_the_password_alone_confirms_nothing(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let (codes, recovery) = app.turn_totp_on(&ada).await;
    app.clock.advance(11 * 60);
    ada.browser.get("/dashboard").await.expect(200);
    let before = app.rows().await;
    let wrong = codes.wrong_code(&app);
    for (path, method) in [("/api/auth/confirm", "POST"), ("/api/auth/email", "POST"), ("/api/auth/me", "DELETE")] {
        for code in [None, Some(wrong.as_str())] {
            let mut body = json!({"password": PASSWORD, "code": code});
            if path.ends_with("email") {
                body["email"] = "ada@new.example".into();
            }
            let answer = ada.browser.json(method, path, &body).await.expect_problem(422, "invalid");
            assert_eq!(answer.faulty_fields(), ["code"], "{method} {path}");
        }
        app.clock.advance(60);
    }
    for (page, action) in [
        ("/settings/security", "confirm_identity"),
        ("/settings", "change_email"),
        ("/settings/data", "delete_account"),
    ] {
        let form = [("do", action), ("email", "ada@new.example"), ("password", PASSWORD), ("code", "")];
        let page = ada.browser.form(page, &form).await.expect(422).text();
        assert!(
            page.contains("Enter a code of your app, or a recovery code") && page.contains("name=\"code\""),
            "{page}"
        );
    }
    ada.browser.get("/api/auth/export").await.expect_problem(403, "reauth_required");
    before.assert_same(&app.rows().await, "the password alone");
    ada.browser.post("/api/auth/confirm", &json!({"password": PASSWORD, "code": recovery[0]})).await.expect(204);
    ada.browser.get("/api/auth/export").await.expect(200);
    app.clock.advance(60);
    let body = json!({"email": "ada@new.example", "password": PASSWORD, "code": codes.code(&app, 0)});
    ada.browser.post("/api/auth/email", &body).await.expect(204);
    ada.browser.post("/api/auth/email", &body).await.expect(422);
}
