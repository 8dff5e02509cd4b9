//! Due instants that float with their owner: when the owner moves to another zone, the wall times stay and the instants
//! are derived anew. No field that a person set is changed, so nothing is logged; but what the API shows is, so the tasks
//! get new revisions and the account's lists a new number.

use super::apply::{lock_account, shift_sequence};
use crate::{Owner, Result, entity::tasks, zones};
use domain::{accounts::ZoneName, calendar::ClockTime};
use sea_orm::{
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use time::Date;

/// Derives the due instants of all floating tasks for a zone.
pub(crate) async fn move_floating(connection: &DatabaseTransaction, owner: &Owner, zone: &ZoneName) -> Result<()> {
    let sequence = lock_account(connection, owner).await?.change_sequence;
    let mut moved = 0;
    let moments: Vec<(Date, Option<i16>)> = tasks::Entity::find()
        .select_only()
        .column(tasks::Column::DueDate)
        .column(tasks::Column::DueMinutes)
        .distinct()
        .filter(floating(owner))
        .into_tuple()
        .all(connection)
        .await?;
    for (date, minutes) in moments {
        let time = minutes.and_then(|minutes| ClockTime::from_minutes(minutes.unsigned_abs()));
        let at_that_time = match minutes {
            Some(minutes) => tasks::Column::DueMinutes.eq(minutes),
            None => tasks::Column::DueMinutes.is_null(),
        };
        let instant = zones::due_instant(date, time, zone).millis();
        let updated = tasks::Entity::update_many()
            .col_expr(tasks::Column::DueAt, Expr::val(instant))
            .col_expr(tasks::Column::Revision, Expr::col(tasks::Column::Revision).add(1))
            .col_expr(tasks::Column::UpdatedSequence, Expr::val(sequence))
            .filter(floating(owner))
            .filter(tasks::Column::DueDate.eq(date))
            .filter(at_that_time)
            .filter(tasks::Column::DueAt.ne(instant))
            .exec(connection)
            .await?;
        moved += updated.rows_affected;
    }
    if moved == 0 {
        shift_sequence(connection, owner, -1).await?;
    }
    Ok(())
}

/// All-day tasks float even if a zone is noted for a time that they once had.
fn floating(owner: &Owner) -> Condition {
    Condition::all()
        .add(tasks::Column::UserId.eq(owner.user_id().uuid()))
        .add(tasks::Column::DueDate.is_not_null())
        .add(Condition::any().add(tasks::Column::TimeZone.is_null()).add(tasks::Column::DueMinutes.is_null()))
}
