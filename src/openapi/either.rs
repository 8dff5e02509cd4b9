//! What may have one of several forms: the derive of schemas knows none such.

use super::schemas::{NewLines, NewTask, Task, TaskList};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{Ref, RefOr, Schema, schema::ArrayBuilder, schema::OneOfBuilder},
};

type Schemas = Vec<(String, RefOr<Schema>)>;

/// One task; or up to 500 in their order, of which one may name another before it as `parent_id`; or lines.
pub(crate) struct NewTaskBody;

impl PartialSchema for NewTaskBody {
    fn schema() -> RefOr<Schema> {
        let many = ArrayBuilder::new().items(Ref::from_schema_name("NewTask")).min_items(Some(1)).max_items(Some(500));
        OneOfBuilder::new()
            .item(Ref::from_schema_name("NewTask"))
            .item(many)
            .item(Ref::from_schema_name("NewLines"))
            .into()
    }
}

impl ToSchema for NewTaskBody {
    fn schemas(schemas: &mut Schemas) {
        add::<NewTask>(schemas);
        add::<NewLines>(schemas);
    }
}

/// The task, or all of them in their order.
pub(crate) struct TaskAnswer;

impl PartialSchema for TaskAnswer {
    fn schema() -> RefOr<Schema> {
        OneOfBuilder::new().item(Ref::from_schema_name("Task")).item(Ref::from_schema_name("TaskList")).into()
    }
}

impl ToSchema for TaskAnswer {
    fn schemas(schemas: &mut Schemas) {
        add::<Task>(schemas);
        add::<TaskList>(schemas);
    }
}

fn add<T: ToSchema>(schemas: &mut Schemas) {
    schemas.push((T::name().into_owned(), T::schema()));
    T::schemas(schemas);
}
