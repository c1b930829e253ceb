"""The shelves of the help centre."""

from typing import Annotated, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, nothing
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, WHOLE, Given, Id, line, one_of
from charterdesk.base.refused import require
from charterdesk.knowledge.actions.categories import drop_category, save_category
from charterdesk.knowledge.models import ArticleText, Category
from charterdesk.knowledge.policies import may_approve
from charterdesk.people.models import LANGUAGES

router = Router(tags=["The help centre"])
Names = Annotated[
    dict[Annotated[str, one_of(code for code, _name in LANGUAGES)], Annotated[str, line(300)]],
    Field(json_schema_extra={"additionalProperties": False}),
]
COLUMNS = ("id", "parent_id", "slug", "names", "intros", "position", "audience")


class CategoryOut(BaseModel):
    """A shelf of the help centre."""

    id: int
    parent_id: int | None
    slug: str
    names: dict[str, str] = Field(description="By language.")
    intros: dict[str, str]
    position: int
    audience: str = Field(description="public, signed-in or staff: the most who may read what stands here.")


class NewCategory(Given):
    """A shelf to make; on another it is for no more people than that."""

    names: Names
    intros: Names = Field(default_factory=dict)
    parent_id: Id | None = None
    audience: Annotated[str, one_of(code for code, _name in Category.AUDIENCES)] = "public"


class CategoryChanges(Given):
    """What of a shelf is to differ; what is left out stays."""

    names: Names = ABSENT
    intros: Names = ABSENT
    parent_id: Id | None = ABSENT
    audience: Annotated[str, one_of(code for code, _name in Category.AUDIENCES)] = ABSENT
    position: Annotated[int, Field(ge=0, le=10_000), WHOLE] = ABSENT


class Categories(BaseModel):
    """All shelves, in order."""

    items: list[CategoryOut]


@router.get("/article-categories", auth=Scope("knowledge:read"), response=Categories)
def list_categories(request: ApiRequest) -> HttpResponse:
    """The shelves on which the asker may read something; for staff, all. One statement."""
    found = Category.objects.order_by("position", "pk")
    if not request.viewer.is_staff:
        mine = ArticleText.objects.visible_to(request.viewer).live()
        found = found.filter(articles__texts__in=mine).distinct()
    return answer({"items": list(found.values(*COLUMNS))})


def _shelf(category: Category) -> dict[str, Any]:
    return {name: getattr(category, name) for name in COLUMNS}


def _parent(pk: int | None) -> Category | None:
    return get_object_or_404(Category, pk=pk) if pk else None


@router.post("/article-categories", auth=Scope("knowledge:write", staff=True), response={201: CategoryOut})
@once
def make_category(request: ApiRequest, given: NewCategory) -> HttpResponse:
    """Make a shelf; 409 `knowledge.no_name`, `knowledge.too_deep`."""
    require(may_approve(request.viewer))
    made = save_category(
        by=request.viewer,
        names=given.names,
        intros=given.intros,
        parent=_parent(given.parent_id),
        audience=given.audience,
    )
    return answer(_shelf(made), status=201)


@router.patch("/article-categories/{category_id}", auth=Scope("knowledge:write", staff=True), response=CategoryOut)
@once
def change_category(request: ApiRequest, category_id: Path[Id], given: CategoryChanges) -> HttpResponse:
    """Rename a shelf, move it, or have it for others; 409 `knowledge.no_name`, `knowledge.too_deep`."""
    require(may_approve(request.viewer))
    found = get_object_or_404(Category.objects.select_related("parent", "brand"), pk=category_id)
    sent = given.sent()
    changed = save_category(
        found,
        by=request.viewer,
        names=sent.get("names", found.names),
        intros=sent.get("intros", found.intros),
        parent=_parent(given.parent_id) if "parent_id" in sent else found.parent,
        brand=found.brand,
        position=sent.get("position"),
        audience=sent.get("audience", found.audience),
    )
    return answer(_shelf(changed))


@router.delete("/article-categories/{category_id}", auth=Scope("knowledge:write", staff=True), response={204: None})
@once
def remove_category(request: ApiRequest, category_id: Path[Id]) -> HttpResponse:
    """Take an empty shelf away; 409 `knowledge.not_empty`."""
    require(may_approve(request.viewer))
    drop_category(get_object_or_404(Category, pk=category_id), by=request.viewer)
    return nothing()
