//! Asking before a session ends: a link alone never changes anything.

use crate::{
    components::{Button, ButtonKind, Dialog, Summary},
    pages::here,
};
use leptos::prelude::*;
use leptos_meta::Title;

/// `/signout`
#[component]
pub fn SignOutPage() -> impl IntoView {
    view! {
        <Title text="Sign out" />
        <Dialog title="Sign out?">
            <p>"Your tasks stay where they are. You can sign in again at any time."</p>
            <Summary action="sign_out" />
            <form class="dialog-actions" method="post" action=here()>
                <input type="hidden" name="do" value="sign_out" />
                <a class=ButtonKind::Plain.class() href="/dashboard">
                    "Stay"
                </a>
                <Button>"Sign out"</Button>
            </form>
        </Dialog>
    }
}
